import type { Decision } from '#explanations/index.js';

/** Whether an `id_token_hint` is one of ours at all, or whose it is; nothing of what it says of the user. */
export function hintDecision(
  clause: string,
  claims: Readonly<Record<string, unknown>> | undefined,
  client?: { readonly clientId: string },
): Decision {
  const audience = [claims?.['aud']].flat().filter((name) => typeof name === 'string');
  const facts = { issued_here: claims !== undefined, audience: audience.slice(0, 10) };
  return { rule: 'id_token_hint', clause, clientId: client?.clientId, facts };
}
