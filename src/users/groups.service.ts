import { Injectable } from '@nestjs/common';
import { Random } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { noneStandsAlone, type SecondFactorChoice } from '#settings/index.js';
import type { UserProblem } from './claim-rules.js';
import { GroupMemberships } from './group-memberships.js';
import { GroupNesting } from './group-nesting.js';
import type { GroupRow } from './group.entity.js';
import { GroupsRepository, secondFactorChoice, type GroupColumns } from './groups.repository.js';
import { ADMINISTRATORS_GROUP, type Group } from './user.js';
import { groupNameProblem, searchText } from './username.js';
import { UsersRepository } from './users.repository.js';

/** What is given when a group is made; its name stays, because clients refer to groups by name. */
export interface GroupInput {
  readonly name: string;
  readonly description?: string | undefined;
  /** The names of the groups that it contains. */
  readonly memberGroups?: readonly string[] | undefined;
  readonly secondFactor?: SecondFactorChoice['secondFactor'] | undefined;
  readonly secondFactorKinds?: SecondFactorChoice['secondFactorKinds'] | undefined;
}

/** Changes to a group: a member that is there replaces, null clears, what is missing stays. */
export interface GroupChanges {
  readonly description?: string | null;
  readonly memberGroups?: readonly string[];
  readonly secondFactor?: SecondFactorChoice['secondFactor'] | null;
  readonly secondFactorKinds?: SecondFactorChoice['secondFactorKinds'] | null;
}

/** What became of the wish to make a group. */
export type GroupCreation =
  | { readonly outcome: 'created'; readonly group: Group }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change a group; `stale` when it was changed since it was read. */
export type GroupUpdate =
  | { readonly outcome: 'updated'; readonly group: Group }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  | { readonly outcome: 'unknown' | 'stale' };

const LONGEST_DESCRIPTION = 1000;
const GROUP_ID = /^[A-Za-z0-9._~-]{1,36}$/;

/** The groups that users are in. */
@Injectable()
export class GroupsService {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly memberships: GroupMemberships,
    private readonly nesting: GroupNesting,
    private readonly users: UsersRepository,
    private readonly transactions: Transactions,
    private readonly random: Random,
  ) {}

  async find(id: string): Promise<Group | undefined> {
    const row = await this.groups.find(id);
    return row && this.groupFrom(row);
  }

  /** The group that a name means, whatever its letters' case. */
  async findByName(name: string): Promise<Group | undefined> {
    const row = await this.groups.findByName(name);
    return row && this.groupFrom(row);
  }

  /** One page of all groups, or of those with a text in their name, oldest first. */
  async list(request: PageRequest, text?: string): Promise<Page<Group>> {
    const page = await this.groups.list(request, text === undefined ? undefined : searchText(text));
    const members = await this.nesting.memberNames(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((row) => groupFrom(row, members.get(row.id))) };
  }

  /** Says what would be refused, whether the name is free aside. */
  async problems(input: GroupInput, id?: string): Promise<UserProblem[]> {
    return [...groupProblems(input, id), ...(await this.nesting.problems(input.name, input.memberGroups ?? []))];
  }

  /** What groups of these names say of second factors, as every process knows it within a second. */
  async secondFactorChoices(names: readonly string[]): Promise<SecondFactorChoice[]> {
    const choices = await this.groups.secondFactorChoices();
    return names.flatMap((name) => choices.get(name) ?? []);
  }

  async create(input: GroupInput, options: { id?: string | undefined } = {}): Promise<GroupCreation> {
    const problems = await this.problems(input, options.id);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(input, options.id ?? this.random.id()));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }

  /** Changes a group; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  update(id: string, changes: GroupChanges, readAt?: Date): Promise<GroupUpdate> {
    return this.transactions.run(async () => {
      const row = await this.groups.find(id);
      if (row === undefined) return { outcome: 'unknown' };
      if (readAt !== undefined && readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
      return this.replace(row, changes);
    });
  }

  /** Removes a group; the one of the administrators stays. */
  delete(id: string): Promise<'deleted' | 'unknown' | 'fixed'> {
    return this.transactions.run(async () => {
      const row = await this.groups.find(id);
      if (row === undefined) return 'unknown';
      if (row.name === ADMINISTRATORS_GROUP) return 'fixed';
      return (await this.groups.remove(id)) ? 'deleted' : 'unknown';
    });
  }

  /** Puts a user into a group; false when either does not exist. */
  addMember(name: string, userId: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const group = await this.groups.findByName(name);
      if (group === undefined || (await this.users.find(userId)) === undefined) return false;
      await this.memberships.add(group.id, userId);
      return true;
    });
  }

  /** Takes a user out of a group; false when they were not in it. */
  async removeMember(name: string, userId: string): Promise<boolean> {
    const group = await this.groups.findByName(name);
    return group !== undefined && this.memberships.remove(group.id, userId);
  }

  private async insert(input: GroupInput, id: string): Promise<GroupCreation> {
    const { name, memberGroups = [] } = input;
    const known = (await this.groups.findByName(name)) ?? (await this.groups.find(id));
    if (known !== undefined) return { outcome: 'taken' };
    const problems = await this.nesting.problemsHeld(name, memberGroups);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const row = await this.groups.add(id, columnsOf(input));
    await this.nesting.assign(row, memberGroups);
    return { outcome: 'created', group: await this.groupFrom(row) };
  }

  private async replace(row: GroupRow, { memberGroups, ...changes }: GroupChanges): Promise<GroupUpdate> {
    const { name, description, secondFactor, secondFactorKinds } = { ...row, ...changes };
    const described = { description, secondFactor, secondFactorKinds };
    const problems = groupProblems({
      name,
      description: description ?? undefined,
      secondFactorKinds: secondFactorKinds ?? undefined,
    });
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const regrouped = memberGroups !== undefined && (await this.nesting.differ(row, memberGroups));
    const nested = regrouped ? await this.nesting.problemsHeld(row.name, memberGroups) : [];
    if (nested.length > 0) return { outcome: 'invalid', problems: nested };
    const written = await this.groups.describe(row, described, regrouped);
    if (written === undefined) return { outcome: 'stale' };
    if (regrouped) await this.nesting.assign(written, memberGroups);
    return { outcome: 'updated', group: await this.groupFrom(written) };
  }

  private async groupFrom(row: GroupRow): Promise<Group> {
    return groupFrom(row, (await this.nesting.memberNames([row.id])).get(row.id));
  }
}

function groupProblems({ name, description, secondFactorKinds }: GroupInput, id?: string): UserProblem[] {
  const problem = groupNameProblem(name);
  const described = description === undefined || description.length <= LONGEST_DESCRIPTION;
  return [
    ...(id === undefined || GROUP_ID.test(id)
      ? []
      : [{ pointer: '#/id', detail: 'must be 1 to 36 letters, digits or . _ ~ -' }]),
    ...(noneStandsAlone(secondFactorKinds)
      ? [{ pointer: '#/second_factor_kinds', detail: 'must name at least one kind besides recovery codes' }]
      : []),
    ...(problem === undefined ? [] : [{ pointer: '#/name', detail: problem }]),
    ...(described
      ? []
      : [{ pointer: '#/description', detail: `must not be longer than ${LONGEST_DESCRIPTION} characters` }]),
  ];
}

function columnsOf({ name, description, secondFactor, secondFactorKinds }: GroupInput): GroupColumns {
  return {
    name,
    description: description ?? null,
    secondFactor: secondFactor ?? null,
    secondFactorKinds: secondFactorKinds ?? null,
  };
}

function groupFrom(row: GroupRow, memberGroups: readonly string[] = []): Group {
  const { id, name, description, createdAt, updatedAt } = row;
  const described = description === null ? {} : { description };
  return { id, name, ...described, memberGroups, ...secondFactorChoice(row), createdAt, updatedAt };
}
