import { Injectable } from '@nestjs/common';
import type { UserProblem } from './claim-rules.js';
import { groupNames, type GroupNames } from './group-names.js';
import { GroupNesting } from './group-nesting.js';
import { GroupsRepository } from './groups.repository.js';
import { MembershipsRepository } from './memberships.repository.js';
import { ADMINISTRATORS_GROUP } from './user.js';
import { canonicalName } from './username.js';

/** Who is in which group, by the names of the groups. */
@Injectable()
export class GroupMemberships {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly nesting: GroupNesting,
  ) {}

  /** The ids of the named group and of those that it contains; undefined when there is no such group. */
  async groupIds(name: string): Promise<readonly string[] | undefined> {
    const id = (await this.groups.findByName(name))?.id;
    return id === undefined ? undefined : this.nesting.idsWithin(id);
  }

  async hasAdministrator(): Promise<boolean> {
    const id = (await this.groups.findByName(ADMINISTRATORS_GROUP))?.id;
    return id !== undefined && this.memberships.hasMember(id);
  }

  /** Says which of the names are no group. */
  async problems(names: readonly string[]): Promise<UserProblem[]> {
    if (names.length === 0) return [];
    const known = new Set((await this.groups.findByNames(names)).map(({ nameKey }) => nameKey));
    return names.flatMap((name, index) =>
      known.has(canonicalName(name)) ? [] : [{ pointer: `#/groups/${index}`, detail: 'is not the name of a group' }],
    );
  }

  /** The names of the groups of each of the users. */
  async namesByUser(userIds: readonly string[]): Promise<ReadonlyMap<string, GroupNames>> {
    const memberships = userIds.length === 0 ? [] : await this.memberships.namesByUsers(userIds);
    const own = (id: string) => memberships.filter(({ userId }) => userId === id);
    return new Map(userIds.map((id) => [id, groupNames(own(id))]));
  }

  /** Whether the user is in other groups than the named ones. */
  async differ(userId: string, names: readonly string[]): Promise<boolean> {
    const wanted = new Set((names.length === 0 ? [] : await this.groups.findByNames(names)).map(({ id }) => id));
    const present = await this.memberships.findByUsers([userId]);
    return present.length !== wanted.size || present.some(({ groupId }) => !wanted.has(groupId));
  }

  /** Makes the named groups, all of which must exist, the only ones the user is in. */
  async assign(userId: string, names: readonly string[]): Promise<void> {
    const wanted = new Set((names.length === 0 ? [] : await this.groups.findByNames(names)).map(({ id }) => id));
    const present = new Set((await this.memberships.findByUsers([userId])).map(({ groupId }) => groupId));
    for (const groupId of present) if (!wanted.has(groupId)) await this.memberships.remove(groupId, userId);
    for (const groupId of wanted) if (!present.has(groupId)) await this.memberships.add(groupId, userId);
  }

  async add(groupId: string, userId: string): Promise<void> {
    await this.memberships.add(groupId, userId);
  }

  remove(groupId: string, userId: string): Promise<boolean> {
    return this.memberships.remove(groupId, userId);
  }
}
