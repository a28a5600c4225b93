import { Injectable } from '@nestjs/common';
import { Random } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersService, type User, type UserRefusal } from '#users/index.js';
import type { UpstreamIdentity } from '../identity/upstream-identity.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { FederatedIdentities, IdentityTaken } from './federated-identities.service.js';
import { accountFor, usernamesFor, withoutFaults } from './new-account.js';

/** What came of making an account: the same person may have got one in another tab. */
export type NewAccount = { readonly outcome: 'made'; readonly user: User } | { readonly outcome: 'taken' | 'refused' };

class NotMade extends Error {
  constructor(readonly refusal: UserRefusal) {
    super('the account cannot be made');
  }
}

/** Makes accounts for those who come in through a provider and are nobody yet: account and link, or neither. */
@Injectable()
export class JustInTime {
  constructor(
    private readonly users: UsersService,
    private readonly identities: FederatedIdentities,
    private readonly transactions: Transactions,
    private readonly random: Random,
  ) {}

  async make(provider: UpstreamProvider, identity: UpstreamIdentity): Promise<NewAccount> {
    const fallback = `${provider.slug}-${this.random.id()}`;
    for (const username of usernamesFor(identity, fallback)) {
      const made = await this.tried(provider, identity, username);
      if (made !== undefined) return made;
    }
    return { outcome: 'refused' };
  }

  /** Undefined when the name is not to be had. */
  private async tried(
    provider: UpstreamProvider,
    identity: UpstreamIdentity,
    username: string,
  ): Promise<NewAccount | undefined> {
    const wanted = accountFor(provider, identity, username);
    const faults = await this.users.problems(wanted);
    const input = withoutFaults(
      wanted,
      faults.map(({ pointer }) => pointer),
    );
    try {
      return await this.transactions.run(async () => {
        const creation = await this.users.create(input);
        if (creation.outcome !== 'created') throw new NotMade(creation);
        await this.identities.link(identity, creation.user.id);
        return { outcome: 'made', user: creation.user };
      });
    } catch (error) {
      if (error instanceof IdentityTaken) return { outcome: 'taken' };
      if (!(error instanceof NotMade)) throw error;
      // Whoever was faster with the name may be the same person.
      return (await this.identities.find(identity)) === undefined ? undefined : { outcome: 'taken' };
    }
  }
}
