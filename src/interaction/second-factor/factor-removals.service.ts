import { Injectable } from '@nestjs/common';
import { KeptFactors, PasskeysService, SecondFactors } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersService, type User } from '#users/index.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

/** Takes second factors away, one at a time of each user, but never below what the rules require. */
@Injectable()
export class FactorRemovals {
  constructor(
    private readonly users: UsersService,
    private readonly factors: SecondFactors,
    private readonly passkeys: PasskeysService,
    private readonly kept: KeptFactors,
    private readonly policies: SecondFactorPolicies,
    private readonly transactions: Transactions,
  ) {}

  /** Removes one at its user's wish; `needed` when it is the last that the rules allow and they require one. */
  async remove(user: User, id: string): Promise<'removed' | 'needed' | undefined> {
    const { rule, kinds } = await this.policies.holdingFor(user);
    return this.transactions.run(async () => {
      await this.users.hold(user.id);
      const present = await this.factors.listByUser(user.id);
      const others = present.filter((factor) => factor.id !== id);
      const passkeys = await this.passkeys.countOfUser(user.id);
      const keeps = others.some(({ kind }) => kinds.includes(kind)) || (passkeys > 0 && kinds.includes('passkey'));
      if (rule === 'required' && !keeps && present.length > others.length) return 'needed';
      if (!(await this.factors.remove(user.id, id))) return undefined;
      await this.dropUselessCodes(user.id);
      return 'removed';
    });
  }

  /** Takes away what stands in for nothing, after a factor is gone. */
  dropUselessCodes(userId: string): Promise<void> {
    return this.kept.dropUselessCodes(userId);
  }

  /** Whether the rules require a second factor of a user who has no allowed one but passkeys. */
  async needsPasskey(user: User): Promise<boolean> {
    const { rule, kinds } = await this.policies.holdingFor(user);
    if (rule !== 'required' || !kinds.includes('passkey')) return false;
    return !(await this.factors.listByUser(user.id)).some(({ kind }) => kinds.includes(kind));
  }
}
