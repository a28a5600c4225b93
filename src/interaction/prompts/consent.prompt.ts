import { isPublic, isVetted, type Client } from '#clients/index.js';
import { consentCoverage } from '#consent/index.js';
import { PromptValue } from '#standards/oidc.js';
import { neededApprovals, type AuthorizationFacts } from '../authorization-facts.js';
import type { PromptReason, PromptRule, PromptState } from './prompt.js';

/** Whether any program could pretend to be the client, so that an approval is good for one time (RFC 8252 §8.6). */
export function canBeImpersonated(client: Client, redirectUri: string): boolean {
  return isPublic(client) && !redirectUri.toLowerCase().startsWith('https:');
}

/**
 * Whether the company decides instead of the user: never for a client that others can pretend to be (RFC 6749 §10.2), or
 * that registered itself and is no longer what was looked at.
 */
export function skipsConsent({ client, redirectUri }: Pick<AuthorizationFacts, 'client' | 'redirectUri'>): boolean {
  return client.firstParty && client.consent === 'skip' && isVetted(client) && !canBeImpersonated(client, redirectUri);
}

/** Whether this user has decided during this interaction; that settles every reason. */
function decided({ answers, session }: PromptState): boolean {
  return answers.consent !== undefined && answers.consent.userId === session?.userId;
}

/** The reasons for which everything is asked anew, earlier approvals included. */
const AFRESH: readonly PromptReason[] = [
  {
    reason: 'prompt=consent', // OIDC Core §3.1.2.1
    rule: 'request.prompt_consent',
    error: 'consent_required',
    applies: ({ prompts }, state) => prompts.has(PromptValue.Consent) && !decided(state),
  },
  {
    reason: 'client asks always',
    rule: 'client.always_ask',
    error: 'consent_required',
    applies: ({ client }, state) => client.consent === 'always' && !decided(state),
  },
  {
    reason: 'client can be impersonated', // RFC 6749 §10.2, RFC 8252 §8.6
    rule: 'client.can_be_impersonated',
    error: 'consent_required',
    applies: ({ client, redirectUri }, state) => canBeImpersonated(client, redirectUri) && !decided(state),
  },
];

/** Asks the user what the client may have. */
export const consentPrompt: PromptRule = {
  name: 'consent',
  reasons: [
    ...AFRESH,
    {
      reason: 'scope not approved',
      rule: 'approval.missing',
      error: 'consent_required',
      applies: (facts, state) =>
        !decided(state) &&
        !skipsConsent(facts) &&
        consentCoverage(state.approved, neededApprovals(facts)).missing.length > 0,
    },
  ],
};

/** Whether the consent page shows everything again instead of only what is new. */
export function asksAfresh(reason: string): boolean {
  return AFRESH.some((afresh) => afresh.reason === reason);
}
