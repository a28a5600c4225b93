import { SECOND_FACTOR_KINDS, SECOND_FACTOR_RULES } from '#settings/index.js';
import type { Group, GroupChanges, GroupInput } from '#users/index.js';
import { ChoiceMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
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

  @ChoiceMember(SECOND_FACTOR_RULES, {
    about: 'Whether its members prove a second factor; the strictest of what company, groups and client say holds.',
  })
  second_factor?: Group['secondFactor'];

  @TextListMember({ about: 'Which kinds of second factors will do for them.', values: SECOND_FACTOR_KINDS })
  second_factor_kinds?: Group['secondFactorKinds'];
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
export function groupInput(message: Plain<NewGroup>): GroupInput {
  const { name, description, member_groups: memberGroups } = message;
  const { second_factor: secondFactor, second_factor_kinds: secondFactorKinds } = message;
  return { name, description, memberGroups, secondFactor, secondFactorKinds };
}

/** Reads a patched message as the changes it makes. */
export function groupChanges(message: Plain<NewGroup>): GroupChanges {
  const { description = null, member_groups: memberGroups = [] } = message;
  const { second_factor: secondFactor = null, second_factor_kinds: secondFactorKinds = null } = message;
  return { description, memberGroups, secondFactor, secondFactorKinds };
}

/** A group as it is answered. */
export function groupAnswer(group: Group): Plain<GroupAnswer> {
  const { id, name, description, memberGroups } = group;
  const described = description === undefined ? {} : { description };
  const { secondFactor, secondFactorKinds } = group;
  return {
    id,
    name,
    ...described,
    member_groups: memberGroups,
    ...(secondFactor && { second_factor: secondFactor }),
    ...(secondFactorKinds && { second_factor_kinds: secondFactorKinds }),
    ...stampsOf(group),
  };
}
