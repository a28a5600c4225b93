import { ADMINISTRATORS_GROUP } from './user.js';

/** The groups of a user by name, sorted. */
export interface GroupNames {
  /** Those that the user was put into. */
  readonly direct: readonly string[];
  /** These, and the groups that contain them. */
  readonly effective: readonly string[];
}

/** One group that a user was put into, beside one that contains it, if any does. */
export interface MembershipNames {
  readonly group: string;
  readonly outer: string | null;
}

/** The groups of somebody in none. */
export const NO_GROUPS: GroupNames = { direct: [], effective: [] };

/**
 * What somebody's memberships come to. Whoever may change a group must not be able to make administrators with it, so
 * nobody is one but by name: a group that contains others never is that of the administrators.
 */
export function groupNames(memberships: readonly MembershipNames[]): GroupNames {
  const direct = memberships.map(({ group }) => group);
  const outer = memberships.map((membership) => membership.outer).filter((name) => name !== null);
  return { direct: sorted(direct), effective: sorted([...direct, ...outer.filter(isNoAdministration)]) };
}

function isNoAdministration(name: string): boolean {
  return name !== ADMINISTRATORS_GROUP;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
