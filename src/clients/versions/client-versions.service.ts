import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#platform/database/index.js';
import type { Actor } from '#platform/http/index.js';
import { metadataFrom } from '../client-row.js';
import type { ClientVersion, ClientVersionFacts } from './client-version.js';
import { ClientVersionsRepository, type ClientVersionFactsRow } from './client-versions.repository.js';

/** The history of clients: each change of a record leaves a numbered version, with who made it and when. */
@Injectable()
export class ClientVersions {
  constructor(private readonly versions: ClientVersionsRepository) {}

  /** One page of the versions of a client, the newest first. */
  async list(clientId: string, request: PageRequest): Promise<Page<ClientVersionFacts>> {
    const page = await this.versions.list(clientId, request);
    return { ...page, items: page.items.map(factsFrom) };
  }

  /** A version with what the client was then; undefined when there is none of this number any more. */
  async find(clientId: string, number: number): Promise<ClientVersion | undefined> {
    const row = await this.versions.find(clientId, number);
    return row === undefined ? undefined : { ...factsFrom(row), metadata: metadataFrom(row) };
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
