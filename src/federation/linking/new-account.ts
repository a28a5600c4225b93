import type { UserInput } from '#users/index.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import type { UpstreamIdentity } from '../identity/upstream-identity.js';

/** The names that a new account may get, the best first; a name that could be another's address is none. */
export function usernamesFor({ email, claims }: UpstreamIdentity, fallback: string): string[] {
  const preferred = claims.preferred_username;
  return [
    ...(email?.verified === true ? [email.address] : []),
    ...(preferred === undefined || preferred.includes('@') ? [] : [preferred]),
    fallback,
  ];
}

/** The account that an identity gets; an address that nobody vouches for does not come along. */
export function accountFor(provider: UpstreamProvider, identity: UpstreamIdentity, username: string): UserInput {
  const { email, claims } = identity;
  const { preferred_username: _name, ...others } = claims;
  const address = email?.verified === true ? { email: email.address, email_verified: true } : {};
  return { username, claims: { ...others, ...address }, groups: groupsFor(provider, identity) };
}

/** The groups of ours that the provider's groups stand for. */
export function groupsFor({ groupsMapping }: UpstreamProvider, { groups }: UpstreamIdentity): string[] {
  const ours = groups.flatMap((name) => (Object.hasOwn(groupsMapping, name) ? [groupsMapping[name] ?? ''] : []));
  return [...new Set(ours)];
}

/** The groups of a user after a sign-in: only those that the mapping speaks of come and go. */
export function groupsAfter(provider: UpstreamProvider, identity: UpstreamIdentity, present: readonly string[]) {
  const spokenOf = new Set(Object.values(provider.groupsMapping));
  return [...present.filter((name) => !spokenOf.has(name)), ...groupsFor(provider, identity)].toSorted();
}

/** Without the claims that a user cannot have, as the pointers of their faults name them. */
export function withoutFaults(input: UserInput, pointers: readonly string[]): UserInput {
  const faulty = new Set(pointers.map((pointer) => pointer.split('/')[1]));
  const claims = Object.entries(input.claims ?? {}).filter(([name]) => !faulty.has(name));
  const groups = faulty.has('groups') ? [] : input.groups;
  return { ...input, claims: Object.fromEntries(claims), groups };
}
