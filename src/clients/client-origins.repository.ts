import { Injectable } from '@nestjs/common';
import { Database, EntityRepository } from '#platform/database/index.js';
import { ClientOriginEntity } from './client-origin.entity.js';
import { isPublic, type Client } from './client.js';

const LONGEST_ORIGIN = 255;

/** The rows of `client_origin`. */
@Injectable()
export class ClientOriginsRepository extends EntityRepository<ClientOriginEntity> {
  constructor(database: Database) {
    super(database, ClientOriginEntity);
  }

  has(origin: string): Promise<boolean> {
    return this.rows.existsBy({ origin });
  }

  /** Makes the rows of a client those that its record implies. */
  async replace(client: Client): Promise<void> {
    await this.rows.delete({ clientId: client.clientId });
    const origins = browserOrigins(client).map((origin) => ({ clientId: client.clientId, origin }));
    if (origins.length > 0) await this.rows.insert(origins);
  }
}

/** The web origins of a public client's redirect URIs; a disabled client and a private scheme have none. */
export function browserOrigins(client: Pick<Client, 'redirectUris' | 'status' | 'tokenEndpointAuthMethod'>): string[] {
  if (!isPublic(client) || client.status !== 'active') return [];
  const origins = client.redirectUris.map((uri) => new URL(uri).origin);
  return [...new Set(origins)].filter((origin) => origin !== 'null' && origin.length <= LONGEST_ORIGIN);
}
