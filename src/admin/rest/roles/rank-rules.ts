import { ADMINISTRATORS_GROUP, typedName, type AdminRole } from '#users/index.js';

/** Somebody with their place in the administration, if they have one. */
export interface Ranked {
  readonly id?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly adminRole?: AdminRole | null | undefined;
}

/** Whoever has a hand in others: the person, nothing for a program, and whether the token bears every admin scope. */
export interface RankedCaller {
  readonly user: Ranked | undefined;
  readonly hasAll: boolean;
}

/** Tells whether somebody is of the administration, before or after a change. */
export function isOfAdministration(...states: readonly (Ranked | undefined)[]): boolean {
  return states.some((one) => one !== undefined && isRanked(one));
}

/**
 * Says why a caller may have no hand in somebody of the administration: without every admin scope, in an owner by anybody but
 * an owner or a program, and in one's own rank by anybody; nothing when they may, and for everybody else.
 */
export function rankProblem(
  { user, hasAll }: RankedCaller,
  present: Ranked | undefined,
  wanted: Ranked | undefined,
): string | undefined {
  if (!isOfAdministration(present, wanted)) return undefined;
  if (isSelf(user, present) && isRaised(present, wanted)) return 'Nobody changes their own role.';
  if (!hasAll) return 'People of the administration are changed only with an access token that has every admin scope.';
  const owners = [present, wanted].some((one) => one?.adminRole === 'owner');
  return owners && user !== undefined && user.adminRole !== 'owner' ? 'Only an owner changes owners.' : undefined;
}

function isSelf(user: Ranked | undefined, present: Ranked | undefined): boolean {
  return user !== undefined && user.id === present?.id;
}

function isRanked({ groups = [], adminRole }: Ranked): boolean {
  return (adminRole ?? undefined) !== undefined || isAdministrator(groups);
}

function isAdministrator(groups: readonly string[]): boolean {
  return groups.some((name) => typedName(name) === ADMINISTRATORS_GROUP);
}

/** Whether somebody would get a rank that they do not have; to give one up is nobody's raise. */
function isRaised(present: Ranked = {}, { groups = [], adminRole: role }: Ranked = {}): boolean {
  if ((role ?? undefined) !== undefined && role !== present.adminRole) return true;
  return isAdministrator(groups) && !isAdministrator(present.groups ?? []);
}
