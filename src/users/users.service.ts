import { Injectable } from '@nestjs/common';
import { Random } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { UserAttributes } from './attributes/user-attributes.service.js';
import type { UserProblem } from './claim-rules.js';
import { GroupMemberships } from './group-memberships.js';
import { NO_GROUPS } from './group-names.js';
import type { UserRow } from './user.entity.js';
import { changedInput, columnsOf, inputFrom, userFrom, userProblems } from './user-row.js';
import type { User } from './user.js';
import { searchText, typedName } from './username.js';
import type { UserChanges, UserInput } from './user-input.js';
import { UsersRepository, type UserFilter } from './users.repository.js';

/** Why a user could not be made or changed. */
export type UserRefusal =
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  /** Somebody else has the name or address that the pointer names. */
  | { readonly outcome: 'taken'; readonly pointer: string };

/** What became of the wish to make a user. */
export type UserCreation = { readonly outcome: 'created'; readonly user: User } | UserRefusal;

/** What became of the wish to change a user; `stale` when it was changed since it was read. */
export type UserUpdate =
  | { readonly outcome: 'updated'; readonly user: User }
  | { readonly outcome: 'unknown' | 'stale' | 'last-owner' }
  | UserRefusal;

/** What became of the wish to remove a user. */
export type UserDeletion = 'deleted' | 'unknown' | 'last-owner';

/** Which users a list is about. */
export interface UserListFilter extends Omit<UserFilter, 'groupIds'> {
  /** The name of a group; members of the groups that it contains are there too. */
  readonly group?: string | undefined;
}

/** The people of the company: found, added, changed, removed. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly memberships: GroupMemberships,
    private readonly attributes: UserAttributes,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly random: Random,
  ) {}

  /** The user, whatever their status; undefined when there is none. */
  async find(id: string): Promise<User | undefined> {
    const found = await this.users.findWithGroups(id);
    return found && userFrom(found.row, found.groups);
  }

  /** The users among the ids that exist, for pages that show names. */
  async findMany(ids: readonly string[]): Promise<User[]> {
    return ids.length === 0 ? [] : this.usersFrom(await this.users.findMany(ids));
  }

  /** The user whom somebody means by what they typed: a user name, or else an e-mail address. */
  async findByLogin(typed: string): Promise<User | undefined> {
    const key = typedName(typed);
    if (key === undefined) return undefined;
    const found = await this.users.findByName(key);
    const meant = found.find(({ row }) => row.usernameKey === key) ?? found.find(({ row }) => row.emailKey === key);
    return meant && userFrom(meant.row, meant.groups);
  }

  /** One page of all users, or of the members of a group, or of those with a text in a name, oldest first. */
  async list(filter: UserListFilter, request: PageRequest): Promise<Page<User>> {
    const groupIds = filter.group === undefined ? undefined : await this.memberships.groupIds(filter.group);
    if (filter.group !== undefined && groupIds === undefined) return { items: [], nextCursor: null };
    const text = filter.text === undefined ? undefined : searchText(filter.text);
    const page = await this.users.list({ groupIds, text, status: filter.status }, request);
    return { ...page, items: await this.usersFrom(page.items) };
  }

  /** Everybody who has a role in the administration, active or not: few in any company. */
  async listWithRole(): Promise<User[]> {
    return this.usersFrom(await this.users.findWithRole());
  }

  /** Tells whether somebody is in the group of administrators, active or not. */
  hasAdministrator(): Promise<boolean> {
    return this.memberships.hasAdministrator();
  }

  /** Says what would be refused, whether names are free aside, without writing anything. */
  async problems(input: UserInput, id?: string): Promise<UserProblem[]> {
    return [
      ...userProblems(input, id),
      ...(await this.memberships.problems(input.groups ?? [])),
      ...(await this.attributes.problems(input.attributes ?? {})),
    ];
  }

  async create(input: UserInput, options: { id?: string | undefined } = {}): Promise<UserCreation> {
    const problems = await this.problems(input, options.id);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(input, options.id ?? this.random.id()));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken', pointer: '#/username' };
      throw error;
    }
  }

  /** Changes a user; with `readAt` (the `updatedAt` of what was read) only if nobody changed them since. */
  async update(id: string, changes: UserChanges, readAt?: Date): Promise<UserUpdate> {
    try {
      return await this.transactions.run(async () => {
        const row = await this.users.find(id);
        if (row === undefined) return { outcome: 'unknown' };
        if (readAt !== undefined && readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
        return this.replace(row, changes);
      });
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken', pointer: '#/username' };
      throw error;
    }
  }

  /** First in a transaction: makes those who change what only one at a time may change of a user wait for one another. */
  hold(id: string): Promise<void> {
    return this.users.hold(id);
  }

  /** Ends the access tokens that were issued to the user until a moment; false when there is no such user. */
  revokeTokens(id: string, before: Date): Promise<boolean> {
    return this.users.revokeTokens(id, before);
  }

  /** Removes a user with everything that belongs to them, unless nobody would be left to appoint an owner. */
  delete(id: string): Promise<UserDeletion> {
    return this.transactions.run(async () => {
      const row = await this.users.find(id);
      if (row === undefined) return 'unknown';
      if (row.adminRole === 'owner' && (await this.isLastOwner(id))) return 'last-owner';
      await this.events.publish('user.deleted', { userId: id });
      return (await this.users.remove(id)) ? 'deleted' : 'unknown';
    });
  }

  /** Whether the user is the only active owner, in a transaction that keeps others from changing that. */
  private async isLastOwner(id: string): Promise<boolean> {
    const owners = await this.users.holdOwners();
    return owners.length === 1 && owners[0] === id;
  }

  private async insert(input: UserInput, id: string): Promise<UserCreation> {
    const refusal = await this.refusal(input, id);
    if (refusal !== undefined) return refusal;
    if ((await this.users.find(id)) !== undefined) return { outcome: 'taken', pointer: '#/id' };
    const row = await this.users.add(id, columnsOf(input));
    await this.memberships.assign(id, input.groups ?? []);
    await this.attributes.write(id, input.attributes ?? {});
    await this.events.publish('user.registered', { userId: id });
    const [user] = await this.usersFrom([row]);
    if (user === undefined) throw new Error('a user that was just added is not there');
    return { outcome: 'created', user };
  }

  private async replace(row: UserRow, changes: UserChanges): Promise<UserUpdate> {
    const input = changedInput(inputFrom(row), changes);
    const problems = await this.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const refusal = (await this.refusal(input, row.id)) ?? (await this.ownerRefusal(row, input));
    if (refusal !== undefined) return refusal;
    return this.write(row, changes, input);
  }

  private async write(row: UserRow, changes: UserChanges, input: UserInput): Promise<UserUpdate> {
    const deactivated = row.status === 'active' && input.status === 'disabled';
    const { emailKey } = row;
    const previous = addressOf(row.claims);
    const regrouped = await this.differ(row.id, changes);
    const written = await this.users.replace(row, columnsOf(input), { revokeTokens: deactivated, regrouped });
    if (written === undefined) return { outcome: 'stale' };
    const readdressed = written.emailKey !== emailKey;
    if (changes.groups !== undefined) await this.memberships.assign(row.id, changes.groups);
    if (changes.attributes !== undefined) await this.attributes.write(row.id, changes.attributes);
    if (deactivated) await this.events.publish('user.deactivated', { userId: row.id });
    if (readdressed) await this.events.publish('user.email_changed', { userId: row.id, previous });
    const [user] = await this.usersFrom([written]);
    return user === undefined ? { outcome: 'unknown' } : { outcome: 'updated', user };
  }

  /** Without an owner nobody could appoint one. */
  private async ownerRefusal(row: UserRow, input: UserInput): Promise<{ outcome: 'last-owner' } | undefined> {
    const leaves = row.adminRole === 'owner' && (input.status === 'disabled' || input.adminRole !== 'owner');
    return leaves && (await this.isLastOwner(row.id)) ? { outcome: 'last-owner' } : undefined;
  }

  /** Whether anything changes that is not in the row of the user itself. */
  private async differ(id: string, { groups, attributes }: UserChanges): Promise<boolean> {
    if (groups !== undefined && (await this.memberships.differ(id, groups))) return true;
    return attributes !== undefined && (await this.attributes.differ(id, attributes));
  }

  /** Looks at what only the other rows can tell: whether the names are free. */
  private async refusal(input: UserInput, id: string): Promise<UserRefusal | undefined> {
    const { usernameKey, emailKey } = columnsOf(input);
    // A name that is another's address would make it unclear who is signing in.
    const others = await this.users.findByKeys(emailKey === null ? [usernameKey] : [usernameKey, emailKey]);
    const taken = others.filter((other) => other.id !== id).flatMap((other) => [other.usernameKey, other.emailKey]);
    if (taken.includes(usernameKey)) return { outcome: 'taken', pointer: '#/username' };
    if (emailKey !== null && taken.includes(emailKey)) return { outcome: 'taken', pointer: '#/email' };
    const pointer = await this.attributes.takenPointer(id, input.attributes ?? {});
    return pointer === undefined ? undefined : { outcome: 'taken', pointer };
  }

  private async usersFrom(rows: readonly UserRow[]): Promise<User[]> {
    const groups = await this.memberships.namesByUser(rows.map(({ id }) => id));
    return rows.map((row) => userFrom(row, groups.get(row.id) ?? NO_GROUPS));
  }
}

function addressOf({ email, email_verified: verified = false }: UserRow['claims']): {
  email?: string;
  verified: boolean;
} {
  return { verified, ...(email === undefined ? {} : { email }) };
}
