import { isWorthNoting } from '#platform/jobs/index.js';

/** By which way claims reach a client: with a token, or as an answer of userinfo. */
export const DISCLOSURE_PLACES = ['id_token', 'userinfo', 'access_token'] as const;

/** One of the ways. */
export type DisclosurePlace = (typeof DISCLOSURE_PLACES)[number];

/** When a claim was released first and last, in milliseconds, and how often; more than once in an hour counts as once. */
export type ClaimTimes = readonly [first: number, last: number, times: number];

/** What was released, by the names of the claims. */
export type DisclosedClaims = Readonly<Record<string, ClaimTimes>>;

/** A row holds so many, with names of any length that a claim may have; what was not released for longest goes. */
export const MOST_CLAIMS = 200;

/** What is known once further claims were released; undefined when that says nothing new. */
export function disclosedAfter(
  known: DisclosedClaims,
  released: ReadonlyMap<string, Date>,
  keptSince: Date,
): DisclosedClaims | undefined {
  const claims = new Map(Object.entries(known));
  const news = [...released].filter(([name, at]) => isWorthNoting(at, lastOf(claims.get(name))));
  if (news.length === 0) return undefined;
  for (const [name, at] of news) claims.set(name, after(claims.get(name), at.getTime()));
  const kept = [...claims].filter(([, [, last]]) => last > keptSince.getTime());
  const latest = kept.toSorted(([, [, one]], [, [, other]]) => other - one).slice(0, MOST_CLAIMS);
  return Object.fromEntries(latest);
}

function lastOf(times: ClaimTimes | undefined): Date | undefined {
  return times && new Date(times[1]);
}

function after(times: ClaimTimes | undefined, at: number): ClaimTimes {
  return times === undefined ? [at, at, 1] : [times[0], at, times[2] + 1];
}
