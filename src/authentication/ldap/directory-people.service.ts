import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions } from '#platform/database/index.js';
import { UsersService, type StandardClaims, type User, type UserChanges } from '#users/index.js';
import type { Directory } from './directory.js';
import type { DirectoryAccountRow } from './directory-account.entity.js';
import { DirectoryAccountsRepository } from './directory-accounts.repository.js';
import { groupsHere } from './directory-groups.js';
import type { DirectoryPerson } from './directory-person.js';

/** What a directory said of whoever proved themselves there. */
export interface ProvenPerson {
  readonly person: DirectoryPerson;
  readonly groups: readonly string[];
}

/** Ends the transaction in which somebody was to be made whose name is another's. */
class NameTaken extends Error {}

/** Keeps here what directories say of their people: who they are, their groups, and whether they may sign in. */
@Injectable()
export class DirectoryPeople {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: DirectoryAccountsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Makes the account of somebody who comes for the first time; undefined when their name is another's. */
  async welcome(
    { id: directoryId, groups: mapping }: Directory,
    { person, groups }: ProvenPerson,
  ): Promise<string | undefined> {
    const { username, stableId } = person;
    const claims = await this.usable(username, person.claims);
    try {
      return await this.transactions.run(async () => {
        const result = await this.users.create({ username, claims, groups: groupsHere(mapping, groups, []) });
        if (result.outcome !== 'created') throw new NameTaken();
        await this.accounts.add({ userId: result.user.id, directoryId, stableId, disabledThere: false });
        return result.user.id;
      });
    } catch (error) {
      if (!(error instanceof NameTaken) && !isUniqueViolation(error)) throw error;
      // Of two first sign-ins at once the other one may have made the account.
      return (await this.accounts.find(directoryId, stableId))?.userId;
    }
  }

  /** Brings an account up to what the directory says; undefined when the user may not sign in. */
  async refreshed(directory: Directory, account: DirectoryAccountRow, proven: ProvenPerson): Promise<User | undefined> {
    if (proven.person.disabled) {
      await this.disable(account);
      return undefined;
    }
    const user = await this.users.find(account.userId);
    // An administrator's word here counts more than the directory's.
    if (user === undefined || (user.status === 'disabled' && !account.disabledThere)) return undefined;
    const changes = await this.changesOf(directory, user, proven);
    const { username: _kept, ...others } = changes;
    const result = await this.users.update(user.id, changes);
    // A new name or address that is somebody else's here is left for administrators to sort out.
    if (result.outcome === 'taken') await this.users.update(user.id, withoutAddress(others));
    if (account.disabledThere) await this.accounts.setDisabledThere(user.id, false);
    const now = await this.users.find(user.id);
    return now?.status === 'active' ? now : undefined;
  }

  /** Lets somebody in no more, whom the directory has disabled or lost; the last active owner stays, whatever it says. */
  async disable({ userId }: DirectoryAccountRow): Promise<void> {
    await this.transactions.run(async () => {
      const user = await this.users.find(userId);
      if (user?.status !== 'active') return;
      const { outcome } = await this.users.update(userId, { status: 'disabled' });
      if (outcome === 'updated') await this.accounts.setDisabledThere(userId, true);
    });
  }

  private async changesOf(
    { attributes, groups: mapping }: Directory,
    user: User,
    { person, groups }: ProvenPerson,
  ): Promise<UserChanges> {
    const gone = Object.fromEntries(Object.keys(attributes.claims).map((claim) => [claim, null]));
    const verified = person.claims.email === undefined && 'email' in attributes.claims ? { email_verified: null } : {};
    return {
      username: person.username,
      status: 'active',
      claims: { ...gone, ...verified, ...(await this.usable(person.username, person.claims)) },
      groups: groupsHere(mapping, groups, user.groups),
    };
  }

  /** The claims that can be ours: what a directory has in a form of its own is left out. */
  private async usable(username: string, claims: StandardClaims): Promise<StandardClaims> {
    const wrong = new Set(
      (await this.users.problems({ username, claims })).map(({ pointer }) => pointer.split('/')[1]),
    );
    if (wrong.has('email')) wrong.add('email_verified');
    return Object.fromEntries(Object.entries(claims).filter(([claim]) => !wrong.has(claim)));
  }
}

function withoutAddress({ claims = {}, ...others }: UserChanges): UserChanges {
  const { email: _email, email_verified: _verified, ...rest } = claims;
  return { ...others, claims: rest };
}
