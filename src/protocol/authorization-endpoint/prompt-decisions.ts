import type { Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { accessRefusal, type Prompt, type PromptState } from '#interaction/index.js';
import type { AuthorizationRequest } from './authorization-request.js';

type Asked = Pick<AuthorizationRequest, 'client' | 'maxAge' | 'acr'>;

/** OIDC Core §3.1.2.6: what would have had to be asked of the user although `prompt=none` rules it out. */
export function promptDecision({ name, reason }: Prompt, request: Asked, state: PromptState): Decision {
  const { client } = request;
  if (name === 'access') return accessRefusal(client, state.access);
  const facts = { prompt: name, reason, ...sessionFacts(request, state) };
  return { rule: 'prompt.needed', clause: 'OIDC Core §3.1.2.6', clientId: client.clientId, facts };
}

/** OIDC Core §5.5.1.1: what the client demanded of the sign-in, and what it was. */
export function tooWeak({ client, acr }: Asked, { session }: PromptState): Decision {
  const facts = { wanted: acr?.values ?? [], reached: session?.acr ?? '' };
  return { rule: 'acr.unmet', clause: 'RFC 9470 §5', clientId: client.clientId, facts };
}

/** RFC 6749 §4.1.2.1: no is an answer, and no mistake of the client. */
export function userDenied({ clientId }: Client): Decision {
  return { rule: 'user.denied', clause: 'RFC 6749 §4.1.2.1', clientId, facts: {} };
}

/** How old the sign-in is, where that is what it falls short in. */
function sessionFacts({ maxAge, acr }: Asked, { session, now }: PromptState): Decision['facts'] {
  if (session === undefined) return {};
  const age = Math.floor((now.getTime() - session.authTime.getTime()) / 1000);
  return {
    age,
    ...(maxAge !== undefined && { max_age: maxAge }),
    ...(acr !== undefined && { acr_values: acr.values }),
  };
}
