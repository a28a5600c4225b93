import { claimProblems, type UserProblem } from './claim-rules.js';
import type { GroupNames } from './group-names.js';
import type { UserRow } from './user.entity.js';
import type { User } from './user.js';
import { canonicalName, searchText, usernameProblem } from './username.js';
import type { UserColumns } from './users.repository.js';
import type { UserChanges, UserInput } from './user-input.js';

const USER_ID = /^[A-Za-z0-9._~-]{1,36}$/;

/** Says everything that is wrong with a user, as far as it can be seen without looking at others. */
export function userProblems(input: UserInput, id?: string): UserProblem[] {
  const username = usernameProblem(input.username);
  return [
    ...(id === undefined || USER_ID.test(id)
      ? []
      : [{ pointer: '#/id', detail: 'must be 1 to 36 letters, digits or . _ ~ -' }]),
    ...(username === undefined ? [] : [{ pointer: '#/username', detail: username }]),
    ...claimProblems(input.claims ?? {}),
  ];
}

/** Lays out a user as the columns that keep them. */
export function columnsOf(input: UserInput): UserColumns {
  const { username, status, claims = {}, requiredActions = [], acceptedTerms, adminRole } = input;
  return {
    username,
    usernameKey: canonicalName(username),
    emailKey: claims.email === undefined ? null : canonicalName(claims.email),
    nameKey: claims.name === undefined ? null : searchText(claims.name),
    status: status ?? 'active',
    adminRole: adminRole ?? null,
    claims,
    requiredActions: requiredActions.length === 0 ? null : [...new Set(requiredActions)].sort(),
    acceptedTerms:
      acceptedTerms === undefined
        ? null
        : { version: acceptedTerms.version, acceptedAt: acceptedTerms.acceptedAt.toISOString() },
  };
}

/** Reads a row as what was given to make it. */
export function inputFrom(row: UserRow): UserInput {
  const { username, status, claims, adminRole } = row;
  return { username, status, claims, adminRole, ...promisesOf(row) };
}

/** What is given once changes are applied to what a user is now. */
export function changedInput(current: UserInput, { claims: changed = {}, ...changes }: UserChanges): UserInput {
  const claims = { ...current.claims, ...changed };
  const kept = Object.entries(claims).filter(([, value]) => value !== null);
  return { ...current, ...changes, claims: Object.fromEntries(kept) };
}

/** Reads a row and the names of the groups as the user they stand for. */
export function userFrom(row: UserRow, { direct, effective }: GroupNames): User {
  return {
    id: row.id,
    username: row.username,
    status: row.status,
    claims: row.claims,
    groups: direct,
    effectiveGroups: effective,
    ...promisesOf(row),
    ...(row.adminRole === null ? {} : { adminRole: row.adminRole }),
    ...(row.tokensRevokedBefore === null ? {} : { tokensRevokedBefore: row.tokensRevokedBefore }),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function promisesOf({ requiredActions, acceptedTerms }: UserRow): Pick<User, 'requiredActions' | 'acceptedTerms'> {
  if (acceptedTerms === null) return { requiredActions: requiredActions ?? [] };
  const { version, acceptedAt } = acceptedTerms;
  return { requiredActions: requiredActions ?? [], acceptedTerms: { version, acceptedAt: new Date(acceptedAt) } };
}
