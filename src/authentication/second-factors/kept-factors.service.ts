import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import type { FactorKind } from '#platform/events/index.js';
import { PasskeysService } from '../passkey/passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { SecondFactors } from './second-factors.service.js';

/** The id of a user's set of recovery codes among their factors, of which there is one at most. */
const RECOVERY_CODES_ID = 'recovery-codes';

/** Something that a user proves who they are with besides a password, of whichever kind. */
export interface KeptFactor {
  readonly id: string;
  readonly kind: FactorKind;
  readonly name?: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
  /** How many recovery codes are left. */
  readonly unused?: number;
}

/** All factors of a user in one list, for whoever helps them when one is lost. */
@Injectable()
export class KeptFactors {
  constructor(
    private readonly factors: SecondFactors,
    private readonly passkeys: PasskeysService,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly transactions: Transactions,
  ) {}

  async listByUser(userId: string): Promise<KeptFactor[]> {
    const passkeys = await this.passkeys.listByUser(userId);
    const codes = await this.recoveryCodes.find(userId);
    return [
      ...(await this.factors.listByUser(userId)),
      ...passkeys.map((passkey) => ({ ...passkey, kind: 'passkey' as const })),
      ...(codes === undefined
        ? []
        : [{ id: RECOVERY_CODES_ID, kind: 'recovery_codes' as const, createdAt: codes.madeAt, unused: codes.unused }]),
    ];
  }

  async find(userId: string, id: string): Promise<KeptFactor | undefined> {
    return (await this.listByUser(userId)).find((factor) => factor.id === id);
  }

  /** Removes one whatever the rules require, as its user has it no more: true for exactly one caller. */
  remove(userId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const removed = await this.removed(userId, id);
      if (removed) await this.dropUselessCodes(userId);
      return removed;
    });
  }

  /** Codes that stand in for nothing are worth nothing. */
  async dropUselessCodes(userId: string): Promise<void> {
    const left = (await this.factors.listByUser(userId)).length + (await this.passkeys.countOfUser(userId));
    if (left === 0) await this.recoveryCodes.remove(userId);
  }

  private async removed(userId: string, id: string): Promise<boolean> {
    if (id === RECOVERY_CODES_ID) return this.recoveryCodes.remove(userId);
    if (await this.factors.remove(userId, id)) return true;
    return (await this.passkeys.remove(userId, id, { keepOne: false })) === 'removed';
  }
}
