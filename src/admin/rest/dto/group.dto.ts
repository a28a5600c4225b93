import type { Group, GroupInput } from '#users/index.js';
import { TextMember, type Plain } from '../member.decorators.js';
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
}

/** A group as it is answered. */
export class GroupAnswer extends NewGroup {
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
export function groupInput({ name, description }: Plain<NewGroup>): GroupInput {
  return { name, description };
}

/** A group as it is answered. */
export function groupAnswer(group: Group): Plain<GroupAnswer> {
  const { id, name, description } = group;
  return { id, name, ...(description === undefined ? {} : { description }), ...stampsOf(group) };
}
