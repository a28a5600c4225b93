import type { Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import type { AccessDecision } from './access-decision.js';

/** RFC 6749 §4.1.2.1: why the user may not use the client; their own groups stay out of it. */
export function accessRefusal(
  { clientId, allowedGroups }: Pick<Client, 'clientId' | 'allowedGroups'>,
  access: Pick<AccessDecision, 'rules'> | undefined,
): Decision {
  const failed = (access?.rules ?? []).filter(({ holds }) => !holds).map(({ rule }) => rule);
  return {
    rule: 'access',
    clause: 'RFC 6749 §4.1.2.1',
    clientId,
    facts: { failed, allowed_groups: allowedGroups ?? [] },
  };
}
