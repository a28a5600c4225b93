import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SecretBox, SecretUnreadable, type ForeignSecret } from '#platform/crypto/index.js';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { ForeignHashKeyEntity } from './foreign-hash-key.entity.js';

/** The rows of `foreign_hash_key`, which only the service that holds `SECRET_KEYS` can read. */
@Injectable()
export class ForeignHashKeysRepository extends EntityRepository<ForeignHashKeyEntity> implements OnModuleInit {
  readonly #logger = new Logger('passwords');

  constructor(
    database: Database,
    private readonly box: SecretBox,
  ) {
    super(database, ForeignHashKeyEntity);
  }

  /** Seals anew what an earlier key of SECRET_KEYS sealed, so that it may leave the list. */
  async onModuleInit(): Promise<void> {
    for (const { id, sealed } of await this.rows.find()) {
      if (!this.box.isOutdated(sealed)) continue;
      const value = this.open(id, sealed);
      if (value !== undefined) await this.rows.update({ id, sealed }, { sealed: this.box.seal(value, sealedFor(id)) });
    }
  }

  /** Keeps a secret that comes with a hash, unless it is kept already. */
  async keep({ id, value }: ForeignSecret): Promise<void> {
    if (value === undefined || (await this.rows.existsBy({ id }))) return;
    try {
      await this.rows.insert({ id, sealed: this.box.seal(value.toString('base64'), sealedFor(id)) });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** The secret that a hash names; undefined when it cannot be had. */
  async find(id: string): Promise<Buffer | undefined> {
    const row = await this.rows.findOneBy({ id });
    const value = row === null ? undefined : this.open(id, row.sealed);
    return value === undefined ? undefined : Buffer.from(value, 'base64');
  }

  private open(id: string, sealed: string): string | undefined {
    try {
      return this.box.open(sealed, sealedFor(id));
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      this.#logger.error('a secret that password hashes of another system need cannot be opened with SECRET_KEYS');
      return undefined;
    }
  }
}

function sealedFor(id: string): string {
  return `foreign_hash_key ${id}`;
}
