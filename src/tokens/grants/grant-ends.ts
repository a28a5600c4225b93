import { SCOPE_OF_CLAIM } from '#standards/oidc.js';
import type { GrantEnds } from './granted-ends.js';
import type { Grant } from './grant.js';

/** Scopes and claims, whichever way they were granted. */
export interface GrantParts {
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
}

/** The same, with the claims that the scopes would release although they were asked for by name (OIDC Core §5.4). */
export function withClaims({ scopes, claims }: GrantParts): GrantParts {
  const released = [...SCOPE_OF_CLAIM].filter(([, scope]) => scopes.includes(scope)).map(([claim]) => claim);
  return { scopes, claims: [...claims, ...released] };
}

/** What is left of a grant at a moment: without that which was approved until before, or by the company and is not any more. */
export function grantAt(grant: Grant, now: Date, companyApproved: readonly string[] = []): Grant {
  const { ends } = grant;
  if (ends === undefined) return grant;
  const over = (instants: GrantEnds['scopes']) =>
    Object.keys(instants).filter((name) => (instants[name] ?? 0) <= now.getTime());
  const takenBack = (ends.company ?? []).filter((name) => !companyApproved.includes(name));
  const parts = withClaims({ scopes: takenBack, claims: over(ends.claims) });
  return grantWithout(grant, { scopes: [...over(ends.scopes), ...takenBack], claims: parts.claims });
}

/** A grant without some of its parts. */
export function grantWithout<G extends Pick<Grant, 'scope' | 'claims'>>(grant: G, { scopes, claims }: GrantParts): G {
  const left = grant.claims && {
    userinfo: grant.claims.userinfo.filter(({ name }) => !claims.includes(name)),
    idToken: grant.claims.idToken.filter(({ name }) => !claims.includes(name)),
  };
  return { ...grant, scope: grant.scope.filter((name) => !scopes.includes(name)), claims: left };
}

/** The ends of a grant once its parts may be used until another moment, or as long as the grant. */
export function endsAfter(ends: GrantEnds, { scopes, claims }: GrantParts, until: number | undefined): GrantEnds {
  const moved = (instants: GrantEnds['scopes'], names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(instants).flatMap(([name, end]) => {
        if (!names.includes(name)) return [[name, end] as const];
        return until === undefined ? [] : [[name, until] as const];
      }),
    );
  const { company = [] } = ends;
  const left = company.filter((name) => !scopes.includes(name));
  return {
    scopes: moved(ends.scopes, scopes),
    claims: moved(ends.claims, claims),
    ...(left.length === 0 ? {} : { company: left }),
  };
}
