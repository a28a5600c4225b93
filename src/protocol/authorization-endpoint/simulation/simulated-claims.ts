import type { ReleasedClaim } from '../../claims/claim-release.js';
import type { SimulatedClaim } from './simulation.js';

/** What only the issuing makes, so that nobody can say it beforehand. */
const MADE_WHEN_ISSUED = new Set(['jti', 'grant_id', 'sid', 'nonce', 'at_hash', 'c_hash', 's_hash']);

/** What a JWT says and introspection of an opaque token does not. */
const OF_JWTS_ONLY = new Set(['amr', 'grant_id']);

/** The claims of a token: those about the user, and those of the protocol, which nothing replaces. */
export function simulatedClaims(
  released: readonly ReleasedClaim[],
  own: Readonly<Record<string, unknown>>,
  format: 'jwt' | 'opaque' = 'jwt',
): SimulatedClaim[] {
  const protocol = Object.entries(own)
    .filter(([name]) => format === 'jwt' || !OF_JWTS_ONLY.has(name))
    .map(([name, value]): SimulatedClaim => {
      const known = MADE_WHEN_ISSUED.has(name) ? {} : { value };
      return { name, ...known, rule: 'token.protocol', personal: name === 'sub' };
    });
  const personal = released.map((claim): SimulatedClaim => ({ ...claim, personal: true }));
  return [...new Map([...personal, ...protocol].map((claim) => [claim.name, claim])).values()];
}
