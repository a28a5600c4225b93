import { StandardScope } from '#standards/oidc.js';
import { DAY_MS, hasUsers, UNUSED_DAYS, type LintFacts, type LintRule } from './lint-rule.js';

/** What it may ask for beside what it asks for. */
export const SCOPE_RULES: readonly LintRule[] = [
  {
    id: 'unused-scope',
    severity: 'warning',
    clause: 'RFC 9700 §2.3',
    find: (facts) => {
      const unused = unusedScopes(facts);
      if (unused.length === 0) return [];
      const advice = `Take ${unused.join(' and ')} out: for ${UNUSED_DAYS} days nobody has approved or used it, so it is only there to be abused.`;
      return [['scope', advice]];
    },
  },
];

// What the company approves for everybody nobody is asked for, and openid stands for the sign-in itself.
function unusedScopes({ client, now, usedScopes }: LintFacts): string[] {
  const young = now.getTime() - client.updatedAt.getTime() < UNUSED_DAYS * DAY_MS;
  if (young || !hasUsers(client)) return [];
  const known = new Set([StandardScope.OpenId, ...usedScopes, ...(client.companyApprovedScope ?? [])]);
  return client.scope.filter((name) => !known.has(name));
}
