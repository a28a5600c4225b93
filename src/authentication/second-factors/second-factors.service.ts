import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { SecondFactorRow } from './second-factor.entity.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** An authenticator app, or codes by mail, as its user sees it. */
export interface SecondFactor {
  readonly id: string;
  readonly kind: SecondFactorRow['kind'];
  readonly name: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
}

/** The authenticator apps of users and whether they get codes by mail: listed, switched on, removed. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** What a user has, the oldest first. */
  async listByUser(userId: string): Promise<SecondFactor[]> {
    return (await this.factors.findOfUser(userId)).map(({ id, kind, name, createdAt, lastUsedAt }) => ({
      id,
      kind,
      name: name ?? undefined,
      createdAt,
      lastUsedAt: lastUsedAt ?? undefined,
    }));
  }

  /** Lets codes by mail be a factor of the user; that the address is theirs is the caller's to see to. */
  async addMailCodes(userId: string): Promise<void> {
    const row = { id: this.random.id(), userId, kind: 'mail_code', name: null, seed: null, lastStep: null } as const;
    const digest = sha256(`mail_code ${userId}`);
    await this.transactions.run(async () => {
      const added = await this.factors.add({ ...row, digest, createdAt: this.clock.now(), lastUsedAt: null });
      if (added) await this.events.publish('factor.added', { userId, kind: 'mail_code', id: row.id });
    });
  }

  /** Gives an authenticator app of the user another name; false when it is none of theirs. */
  rename(userId: string, id: string, name: string): Promise<boolean> {
    return this.factors.rename(userId, id, name);
  }

  /** Removes one: true for exactly one caller. */
  async remove(userId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const row = (await this.factors.findOfUser(userId)).find((one) => one.id === id);
      if (row === undefined || !(await this.factors.remove(userId, id))) return false;
      await this.events.publish('factor.removed', { userId, kind: row.kind, id });
      return true;
    });
  }
}
