import type { Group, GroupChanges, GroupInput } from '#users/index.js';
import { TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

/** A group to make. */
export class NewGroup {
  @TextMember({
    about: 'The name, by which clients and users refer to it; it stays.',
    required: true,
    schema: { maxLength: 128 },
  })
  name!: string;

  @TextMember({ about: 'What the group is for.', schema: { maxLength: 1000 } })
  description?: string;

  @TextListMember({
    about: 'The names of the groups that it contains, whose members count as its own; these contain no groups.',
  })
  member_groups?: readonly string[];
}

/** A group as it is answered. */
export class GroupAnswer extends NewGroup {
  @TextListMember({ about: 'The names of the groups that it contains.', required: true })
  declare member_groups: readonly string[];

  @TextMember({ about: 'The id of the group.', required: true, readOnly: true })
  id!: string;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a group that only the service sets, or that stay as they were first given. */
export const FIXED_GROUP_MEMBERS = { fixed: ['id', ...STAMP_MEMBERS], kept: ['name'] };

/** Reads a message as what it says about a group. */
export function groupInput({ name, description, member_groups: memberGroups }: Plain<NewGroup>): GroupInput {
  return { name, description, memberGroups };
}

/** Reads a patched message as the changes it makes. */
export function groupChanges({ description, member_groups: memberGroups }: Plain<NewGroup>): GroupChanges {
  return { description: description ?? null, memberGroups: memberGroups ?? [] };
}

/** A group as it is answered. */
export function groupAnswer(group: Group): Plain<GroupAnswer> {
  const { id, name, description, memberGroups } = group;
  const described = description === undefined ? {} : { description };
  return { id, name, ...described, member_groups: memberGroups, ...stampsOf(group) };
}
