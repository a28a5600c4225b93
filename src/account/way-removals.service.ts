import { Injectable } from '@nestjs/common';
import { PasskeysService } from '#authentication/index.js';
import { FederatedIdentities } from '#federation/index.js';
import { FactorRemovals } from '#interaction/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersService, type User } from '#users/index.js';
import { SignInWays } from './sign-in-ways.service.js';

/** What became of the wish to give up a way of signing in; `needed` when it is the last. */
export type WayRemoval = 'removed' | 'unknown' | 'needed';

/** Takes ways of signing in away, one at a time of each user, and never the last. */
@Injectable()
export class WayRemovals {
  constructor(
    private readonly users: UsersService,
    private readonly transactions: Transactions,
    private readonly ways: SignInWays,
    private readonly passkeys: PasskeysService,
    private readonly identities: FederatedIdentities,
    private readonly factors: FactorRemovals,
  ) {}

  removePasskey(user: User, id: string): Promise<WayRemoval> {
    return this.transactions.run(async () => {
      await this.users.hold(user.id);
      const keepOne = (await this.factors.needsPasskey(user)) || !(await this.ways.hasBesidesPasskeys(user.id));
      const outcome = await this.passkeys.remove(user.id, id, { keepOne });
      if (outcome === 'removed') await this.factors.dropUselessCodes(user.id);
      return outcome;
    });
  }

  unlink(userId: string, id: string): Promise<WayRemoval> {
    return this.transactions.run(async () => {
      await this.users.hold(userId);
      if (!(await this.ways.hasBesidesLink(userId, id))) return 'needed';
      return (await this.identities.unlink(userId, id)) ? 'removed' : 'unknown';
    });
  }
}
