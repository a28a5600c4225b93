import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { currentRequest, type Actor, type CurrentRequest } from '#platform/http/index.js';
import type { ClientRow } from '../client.entity.js';
import { FIRST_VERSION, metadataFrom } from '../client-row.js';
import { changedMembers, versionsKept } from './client-version.js';
import { ClientVersionEntity, type ClientVersionRow } from './client-version.entity.js';

/** A row without what the client was then, which a list has no use for. */
export type ClientVersionFactsRow = Omit<ClientVersionRow, 'clientName' | 'status' | 'metadata'>;

const FACTS: readonly (keyof ClientVersionFactsRow)[] = [
  ...(['clientId', 'number', 'changed', 'restoredFrom'] as const),
  ...(['actorKind', 'actorId', 'requestId', 'createdAt'] as const),
];

/** How a client came to be as it is. */
export interface VersionOrigin {
  /** The row before the change; nothing for a client that was just registered. */
  readonly before?: ClientRow | undefined;
  readonly restoredFrom?: number | undefined;
}

/** The rows of `client_version`. */
@Injectable()
export class ClientVersionsRepository extends EntityRepository<ClientVersionEntity> {
  constructor(database: Database) {
    super(database, ClientVersionEntity);
  }

  /** Keeps what a client is now; called in the transaction that made it so. */
  async keep(row: ClientRow, { before, restoredFrom }: VersionOrigin = {}): Promise<void> {
    const request = currentRequest();
    if (before?.version === null) await this.rows.insert(unwrittenVersion(before));
    const changed = before === undefined ? [] : changedMembers(metadataFrom(before), metadataFrom(row));
    await this.rows.insert(versionOf(row, { changed, restoredFrom, request, actor: actorOf(request) }));
    const surplus = (row.version ?? FIRST_VERSION) - versionsKept(row);
    if (surplus > 0) await this.rows.delete({ clientId: row.clientId, number: LessThanOrEqual(surplus) });
  }

  async find(clientId: string, number: number): Promise<ClientVersionRow | undefined> {
    return (await this.rows.findOneBy({ clientId, number })) ?? undefined;
  }

  list(clientId: string, request: PageRequest): Promise<Page<ClientVersionFactsRow>> {
    return this.page(request, {
      order: 'newest-first',
      key: 'number',
      where: (query) =>
        query.select(FACTS.map((name) => `row.${name}`)).where('row.clientId = :clientId', { clientId }),
    });
  }
}

/** The first version of a client that was registered before versions were kept: what it is until it changes. */
export function unwrittenVersion(row: ClientRow): ClientVersionRow {
  return versionOf(row, {});
}

interface Circumstances {
  readonly changed?: readonly string[];
  readonly restoredFrom?: number | undefined;
  readonly request?: CurrentRequest | undefined;
  readonly actor?: Actor | undefined;
}

/** What happens outside a request is the doing of whoever operates the service. */
function actorOf(request: CurrentRequest | undefined): Actor | undefined {
  return request === undefined ? { kind: 'system' } : request.actor;
}

function versionOf(row: ClientRow, { changed = [], restoredFrom, request, actor }: Circumstances): ClientVersionRow {
  const { clientId, clientName, status, metadata, version, updatedAt } = row;
  return {
    ...{ clientId, clientName, status, metadata, changed },
    number: version ?? FIRST_VERSION,
    restoredFrom: restoredFrom ?? null,
    actorKind: actor?.kind ?? null,
    actorId: actor?.id ?? null,
    requestId: request?.id ?? null,
    createdAt: updatedAt,
  };
}
