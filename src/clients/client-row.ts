import type { ClientRow } from './client.entity.js';
import type { Client } from './client.js';
import { completeMetadata } from './client-metadata-defaults.js';
import type { ClientMetadata } from './client-metadata.js';
import { plainName } from './plain-name.js';

/** The columns that the metadata of a client fills. */
export type MetadataColumns = Pick<ClientRow, 'clientName' | 'clientNameKey' | 'status' | 'metadata'>;

/** The number of the version that a client is registered with. */
export const FIRST_VERSION = 1;

/** Reads a row as the client it stands for; members that are newer than the row get their defaults. */
export function clientFrom(row: ClientRow): Client {
  return {
    ...metadataFrom(row),
    clientId: row.clientId,
    version: row.version ?? FIRST_VERSION,
    selfRegistered: row.selfRegistered,
    ...(row.tokensRevokedBefore === null ? {} : { tokensRevokedBefore: row.tokensRevokedBefore }),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** Reads what was registered out of a row. */
export function metadataFrom(row: Omit<MetadataColumns, 'clientNameKey'>): ClientMetadata {
  const metadata = { ...completeMetadata(row.metadata), status: row.status };
  return row.clientName === null ? metadata : { ...metadata, clientName: row.clientName };
}

/** Lays out metadata as the columns that keep it. */
export function columnsOf({ clientName, status, ...metadata }: ClientMetadata): MetadataColumns {
  const clientNameKey = clientName === undefined ? null : plainName(clientName);
  return { clientName: clientName ?? null, clientNameKey, status, metadata };
}
