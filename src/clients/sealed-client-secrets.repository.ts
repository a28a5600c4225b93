import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { SecretBox, SecretUnreadable } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { SealedClientSecretEntity } from './sealed-client-secret.entity.js';

/** How many rows are looked at together. */
const BATCH = 500;

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
  async valuesOf(ids: readonly string[]): Promise<{ readonly id: string; readonly value: string }[]> {
    const rows = ids.length === 0 ? [] : await this.rows.findBy({ id: In([...ids]) });
    const sealed = new Map(rows.map((row) => [row.id, row.sealed]));
    return ids.flatMap((id) => {
      const kept = sealed.get(id);
      return kept === undefined ? [] : [{ id, value: this.box.open(kept, sealedFor(id)) }];
    });
  }

  /** Seals anew what an earlier key sealed; answers how many values no key of SECRET_KEYS opens. */
  async renew(): Promise<number> {
    let lost = 0;
    let after = '';
    for (;;) {
      const batch = await this.rows.find({ where: { id: MoreThan(after) }, order: { id: 'ASC' }, take: BATCH });
      for (const row of batch) if (!(await this.#renewed(row))) lost += 1;
      if (batch.length < BATCH) return lost;
      after = batch.at(-1)?.id ?? '';
    }
  }

  /** Keeps these values no longer; the digests beside them stay. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.rows.delete({ id: In([...ids]) });
  }

  /** Seals one value anew if it needs that, unless another process was faster; false when it cannot be opened. */
  async #renewed({ id, sealed }: SealedClientSecretEntity): Promise<boolean> {
    if (!this.box.isOutdated(sealed)) return true;
    try {
      const renewed = this.box.seal(this.box.open(sealed, sealedFor(id)), sealedFor(id));
      await this.rows.update({ id, sealed }, { sealed: renewed });
      return true;
    } catch (error) {
      if (error instanceof SecretUnreadable) return false;
      throw error;
    }
  }
}

function sealedFor(id: string): string {
  return `client_secret ${id}`;
}
