import { Injectable } from '@nestjs/common';
import type { UserProblem } from './claim-rules.js';
import { GroupNestingsRepository } from './group-nestings.repository.js';
import type { GroupRow } from './group.entity.js';
import { GroupsRepository } from './groups.repository.js';
import { ADMINISTRATORS_GROUP } from './user.js';
import { canonicalName } from './username.js';

const MOST_MEMBER_GROUPS = 100;
const MEMBERS = '#/member_groups';

/** Groups within groups, one level deep: a group contains groups that contain none. */
@Injectable()
export class GroupNesting {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly nestings: GroupNestingsRepository,
  ) {}

  /** The names of what each of the groups contains. */
  async memberNames(groupIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const nestings = groupIds.length === 0 ? [] : await this.nestings.within(groupIds);
    if (nestings.length === 0) return new Map();
    const inner = await this.groups.findMany([...new Set(nestings.map(({ memberGroupId }) => memberGroupId))]);
    const nameById = new Map(inner.map(({ id, name }) => [id, name]));
    const namesOf = (id: string): string[] =>
      nestings.filter(({ groupId }) => groupId === id).flatMap((nesting) => nameById.get(nesting.memberGroupId) ?? []);
    return new Map(groupIds.map((id) => [id, namesOf(id).sort()]));
  }

  /** The ids of a group and of those that it contains. */
  async idsWithin(groupId: string): Promise<string[]> {
    const nestings = await this.nestings.within([groupId]);
    return [groupId, ...nestings.map(({ memberGroupId }) => memberGroupId)];
  }

  /** Says why a group of this name, new or there already, cannot contain the named ones. */
  async problems(name: string, memberGroups: readonly string[]): Promise<UserProblem[]> {
    if (memberGroups.length === 0) return [];
    if (canonicalName(name) === ADMINISTRATORS_GROUP) {
      return [{ pointer: MEMBERS, detail: 'must be empty: administrators are named one by one' }];
    }
    if (memberGroups.length > MOST_MEMBER_GROUPS) {
      return [{ pointer: MEMBERS, detail: `must not have more than ${MOST_MEMBER_GROUPS} groups` }];
    }
    const outer = await this.groups.findByName(name);
    return [...(await this.outerProblems(outer)), ...(await this.memberProblems(name, memberGroups))];
  }

  /**
   * The same, with the rows of all these groups locked until the transaction ends, so that nobody nests one of them
   * elsewhere before `assign`.
   */
  async problemsHeld(name: string, memberGroups: readonly string[]): Promise<UserProblem[]> {
    const concerned = await this.groups.findByNames([name, ...memberGroups]);
    if (concerned.length > 0) await this.groups.lock(concerned.map(({ id }) => id));
    return this.problems(name, memberGroups);
  }

  /** Makes the named groups, in which no problem was found, the only ones that a group contains. */
  async assign({ id: outerId }: GroupRow, memberGroups: readonly string[]): Promise<void> {
    const wanted = memberGroups.length === 0 ? [] : await this.groups.findByNames(memberGroups);
    const present = new Set((await this.nestings.within([outerId])).map(({ memberGroupId }) => memberGroupId));
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of present) if (!ids.has(id)) await this.nestings.remove(outerId, id);
    for (const id of ids) if (!present.has(id)) await this.nestings.add(outerId, id);
  }

  /** Whether a group contains other groups than the named ones. */
  async differ({ id }: GroupRow, memberGroups: readonly string[]): Promise<boolean> {
    const present = (await this.memberNames([id])).get(id) ?? [];
    const wanted = new Set(memberGroups.map(canonicalName));
    return present.length !== wanted.size || present.some((name) => !wanted.has(canonicalName(name)));
  }

  private async outerProblems(outer: GroupRow | undefined): Promise<UserProblem[]> {
    if (outer === undefined || (await this.nestings.around([outer.id])).length === 0) return [];
    return [{ pointer: MEMBERS, detail: 'must be empty: the group is itself contained in another' }];
  }

  private async memberProblems(name: string, memberGroups: readonly string[]): Promise<UserProblem[]> {
    const known = new Map((await this.groups.findByNames(memberGroups)).map((group) => [group.nameKey, group]));
    const containing = await this.nestings.within([...known.values()].map(({ id }) => id));
    const outerIds = new Set(containing.map(({ groupId }) => groupId));
    return memberGroups.flatMap((member, index) => {
      const group = known.get(canonicalName(member));
      const detail = memberProblem({ isSelf: canonicalName(member) === canonicalName(name), group, outerIds });
      return detail === undefined ? [] : [{ pointer: `${MEMBERS}/${index}`, detail }];
    });
  }
}

function memberProblem({
  isSelf,
  group,
  outerIds,
}: {
  isSelf: boolean;
  group: GroupRow | undefined;
  outerIds: ReadonlySet<string>;
}): string | undefined {
  if (isSelf) return 'is the group itself';
  if (group === undefined) return 'is not the name of a group';
  return outerIds.has(group.id) ? 'contains groups itself: groups are nested once' : undefined;
}
