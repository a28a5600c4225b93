import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ClientSecretEntity, type ClientSecretRow } from './client-secret.entity.js';

/** The rows of `client_secret`. */
@Injectable()
export class ClientSecretsRepository extends EntityRepository<ClientSecretEntity> {
  constructor(database: Database) {
    super(database, ClientSecretEntity);
  }

  findLive(clientId: string, now: Date): Promise<ClientSecretRow[]> {
    return this.rows.findBy([
      { clientId, expiresAt: IsNull() },
      { clientId, expiresAt: MoreThan(now) },
    ]);
  }

  findChosen(clientId: string): Promise<ClientSecretRow[]> {
    return this.rows.findBy({ clientId, chosen: true });
  }

  async idsOf(clientId: string): Promise<string[]> {
    return (await this.rows.find({ where: { clientId }, select: { id: true } })).map(({ id }) => id);
  }

  async find(clientId: string, id: string): Promise<ClientSecretRow | undefined> {
    return (await this.rows.findOneBy({ clientId, id })) ?? undefined;
  }

  list(clientId: string, request: PageRequest): Promise<Page<ClientSecretRow>> {
    return this.page(request, { where: (query) => query.where('row.clientId = :clientId', { clientId }) });
  }

  async add(row: ClientSecretRow): Promise<void> {
    await this.rows.insert(row);
  }

  async remove(clientId: string, id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ clientId, id });
    return affected === 1;
  }

  async removeAll(clientId: string, except?: string): Promise<void> {
    await this.rows.delete({ clientId, ...(except === undefined ? {} : { id: Not(except) }) });
  }

  async removeChosen(clientId: string): Promise<void> {
    await this.rows.delete({ clientId, chosen: true });
  }
}
