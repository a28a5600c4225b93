import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { SecretBox } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { SealedClientSecretEntity } from './sealed-client-secret.entity.js';

/** The rows of `sealed_client_secret`, which only the service that holds `SECRET_KEYS` can read. */
@Injectable()
export class SealedClientSecretsRepository extends EntityRepository<SealedClientSecretEntity> {
  constructor(
    database: Database,
    private readonly box: SecretBox,
  ) {
    super(database, SealedClientSecretEntity);
  }

  /** Keeps the value of a secret, unless it is kept already. */
  async keep(id: string, value: string): Promise<void> {
    if (await this.rows.existsBy({ id })) return;
    await this.rows.insert({ id, sealed: this.box.seal(value, sealedFor(id)) });
  }

  /** The values of those among the secrets that were kept, in the order of their ids. */
  async valuesOf(ids: readonly string[]): Promise<string[]> {
    const rows = ids.length === 0 ? [] : await this.rows.findBy({ id: In([...ids]) });
    const sealed = new Map(rows.map((row) => [row.id, row.sealed]));
    return ids.flatMap((id) => {
      const kept = sealed.get(id);
      return kept === undefined ? [] : [this.box.open(kept, sealedFor(id))];
    });
  }

  /** Keeps these values no longer; the digests beside them stay. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.rows.delete({ id: In([...ids]) });
  }
}

function sealedFor(id: string): string {
  return `client_secret ${id}`;
}
