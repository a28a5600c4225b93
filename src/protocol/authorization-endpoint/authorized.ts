import { statedAcr } from '#authentication/index.js';
import { StandardScope } from '#standards/oidc.js';
import type { NewGrant } from '#tokens/index.js';
import type { Granted } from './request-judge.service.js';
import { owners } from './rules/resource.js';

/** What was granted as the grant to make of it, but for its end. */
export function authorized({ request, session, scope, claims, ends }: Granted): Omit<NewGrant, 'expiresAt'> {
  const granted = request.scopes.filter(({ name }) => scope.includes(name));
  const asked = new Set(owners(request.scopes));
  return {
    userId: session.userId,
    clientId: request.client.clientId,
    sessionId: session.id,
    scope,
    // what was asked for by name stays; what only followed from a scope goes with it
    resources: request.resources.filter((resource) => !asked.has(resource) || owners(granted).includes(resource)),
    claims,
    ends,
    authTime: session.authTime,
    acr: statedAcr(session.acr, request.acr),
    amr: session.amr,
    offline: scope.includes(StandardScope.OfflineAccess),
  };
}
