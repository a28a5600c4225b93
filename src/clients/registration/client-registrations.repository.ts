import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, Not } from 'typeorm';
import { RegistrationSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { ClientRegistrationEntity } from './client-registration.entity.js';

const DAY = 24 * 60 * 60 * 1000;
const BATCH_SIZE = 100;

/** The rows of `client_registration`. */
@Injectable()
export class ClientRegistrationsRepository extends EntityRepository<ClientRegistrationEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly settings: RegistrationSettings,
  ) {
    super(database, ClientRegistrationEntity);
  }

  async add(clientId: string, tokenDigest: string): Promise<void> {
    const unusedUntil = new Date(this.clock.now().getTime() + this.settings.unusedDays * DAY);
    await this.rows.insert({ clientId, tokenDigest, unusedUntil });
  }

  async digest(clientId: string): Promise<string | undefined> {
    const row = await this.rows.findOneBy({ clientId });
    // MySQL ignores trailing spaces when it compares.
    return row?.clientId === clientId ? row.tokenDigest : undefined;
  }

  /** Puts another token in the place of the one presented; false when that one is not the present one any more. */
  async rotate(clientId: string, presented: string, next: string): Promise<boolean> {
    const { affected } = await this.rows.update({ clientId, tokenDigest: presented }, { tokenDigest: next });
    return affected === 1;
  }

  /** Notes that somebody uses the client, so that it stays. */
  async keep(clientId: string): Promise<void> {
    await this.rows.update({ clientId, unusedUntil: Not(IsNull()) }, { unusedUntil: null });
  }

  /** Some clients that nobody used in time. */
  async unused(): Promise<string[]> {
    const rows = await this.rows.find({
      where: { unusedUntil: LessThanOrEqual(this.clock.now()) },
      order: { clientId: 'ASC' },
      take: BATCH_SIZE,
    });
    return rows.map(({ clientId }) => clientId);
  }

  /** Removes the row of a client that is still unused; false when somebody came to use it. */
  async removeUnused(clientId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ clientId, unusedUntil: LessThanOrEqual(this.clock.now()) });
    return affected === 1;
  }
}
