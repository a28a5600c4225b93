import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#platform/database/index.js';
import type { Actor } from '#platform/http/index.js';
import { FIRST_VERSION, metadataFrom } from '../client-row.js';
import type { ClientVersionRow } from './client-version.entity.js';
import type { ClientVersion, ClientVersionFacts } from './client-version.js';
import { ClientsRepository } from '../clients.repository.js';
import {
  ClientVersionsRepository,
  unwrittenVersion,
  type ClientVersionFactsRow,
} from './client-versions.repository.js';

/** The history of clients: each change of a record leaves a numbered version, with who made it and when. */
@Injectable()
export class ClientVersions {
  constructor(
    private readonly versions: ClientVersionsRepository,
    private readonly clients: ClientsRepository,
  ) {}

  /** One page of the versions of a client, the newest first. */
  async list(clientId: string, request: PageRequest): Promise<Page<ClientVersionFacts>> {
    const page = await this.versions.list(clientId, request);
    const first = page.items.length === 0 && request.cursor === undefined ? await this.unwritten(clientId) : undefined;
    if (first !== undefined) return { items: [factsFrom(first)], nextCursor: null };
    return { ...page, items: page.items.map(factsFrom) };
  }

  /** A version with what the client was then; undefined when there is none of this number any more. */
  async find(clientId: string, number: number): Promise<ClientVersion | undefined> {
    const row = (await this.versions.find(clientId, number)) ?? (await this.unwritten(clientId, number));
    return row === undefined ? undefined : { ...factsFrom(row), metadata: metadataFrom(row) };
  }

  private async unwritten(clientId: string, number = FIRST_VERSION): Promise<ClientVersionRow | undefined> {
    const row = number === FIRST_VERSION ? await this.clients.find(clientId) : undefined;
    return row?.version === null ? unwrittenVersion(row) : undefined;
  }
}

function factsFrom(row: ClientVersionFactsRow): ClientVersionFacts {
  const { clientId, number, changed, restoredFrom, actorKind, actorId, requestId, createdAt } = row;
  return {
    ...{ clientId, number, changed, createdAt },
    restoredFrom: restoredFrom ?? undefined,
    actor: actorKind === null ? undefined : { kind: actorKind as Actor['kind'], id: actorId ?? undefined },
    requestId: requestId ?? undefined,
  };
}
