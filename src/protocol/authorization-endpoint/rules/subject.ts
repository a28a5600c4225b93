import type { ClaimsRequest, RequestedClaim } from '../../claims/claims-request.js';
import { InvalidRequest } from '../../errors/oauth-error.js';

/**
 * OIDC Core §3.1.2.2: whose answer will do, by `sub`: the user of the `id_token_hint`, one of those whom the `claims`
 * parameter names, or, where both say something, who is in both.
 */
export function wantedSubjects(hinted: string | undefined, claims: ClaimsRequest): readonly string[] | undefined {
  const wishes = [hinted === undefined ? undefined : [hinted], subjects(claims.idToken), subjects(claims.userinfo)];
  const [first, ...others] = wishes.filter((wish) => wish !== undefined);
  const wanted = first?.filter((subject) => others.every((other) => other.includes(subject)));
  if (wanted?.length === 0) {
    throw new InvalidRequest('id_token_hint and claims name different users', {
      description: 'The request names different users.',
    });
  }
  return wanted;
}

function subjects(claims: readonly RequestedClaim[]): readonly string[] | undefined {
  const values = claims.find(({ name }) => name === 'sub')?.values;
  return values?.filter((value) => typeof value === 'string');
}
