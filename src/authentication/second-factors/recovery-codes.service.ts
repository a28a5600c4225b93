import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { recoveryCode, RECOVERY_CODE_BYTES, typedRecoveryCode } from './recovery-code.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';

const SET_SIZE = 10;

/** The recovery codes of a user, as far as they are known. */
export interface RecoveryCodeSet {
  readonly unused: number;
  readonly madeAt: Date;
}

/** Codes for when no second factor is at hand: ten at a time, each for one use. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly codes: RecoveryCodesRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes a new set in the place of any before it; the codes are in no table and are not shown again. */
  async renew(userId: string): Promise<readonly string[]> {
    const codes = Array.from({ length: SET_SIZE }, () =>
      recoveryCode(Buffer.from(this.random.secret(RECOVERY_CODE_BYTES), 'base64url')),
    );
    const createdAt = this.clock.now();
    await this.transactions.run(async () => {
      await this.codes.removeAll(userId);
      await this.codes.addAll(
        codes.map((code) => ({ digest: digestOf(userId, code), userId, createdAt, usedAt: null })),
      );
      await this.events.publish('factor.added', { userId, kind: 'recovery_codes' });
    });
    return codes;
  }

  countUnused(userId: string): Promise<number> {
    return this.codes.countUnused(userId);
  }

  async find(userId: string): Promise<RecoveryCodeSet | undefined> {
    const madeAt = await this.codes.madeAt(userId);
    return madeAt && { madeAt, unused: await this.codes.countUnused(userId) };
  }

  /** Uses a code that somebody typed: true for exactly one caller. */
  async use(userId: string, typed: string): Promise<boolean> {
    const code = typedRecoveryCode(typed);
    if (code === undefined) return false;
    return this.transactions.run(async () => {
      if (!(await this.codes.use(userId, digestOf(userId, code), this.clock.now()))) return false;
      const remaining = await this.codes.countUnused(userId);
      await this.events.publish('factor.used_recovery_code', { userId, remaining });
      return true;
    });
  }

  /** Removes the set; false when there was none. */
  async remove(userId: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const removed = await this.codes.removeAll(userId);
      if (removed) await this.events.publish('factor.removed', { userId, kind: 'recovery_codes' });
      return removed;
    });
  }
}

function digestOf(userId: string, code: string): string {
  return sha256(`${userId} ${code}`);
}
