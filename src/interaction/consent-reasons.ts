import { consentCoverage } from '#consent/index.js';
import type { AuthorizationFacts } from './authorization-facts.js';
import { asksAfresh, skipsConsent } from './prompts/consent.prompt.js';
import { ruleOf } from './prompts/next-prompt.js';
import type { Prompt } from './prompts/prompt.js';
import type { Approvals } from './standing-approvals.js';

/** Why nobody is asked for something. */
export type SettledRule = 'approval.standing' | 'consent.company_approval' | 'client.first_party_skip';

/** By which rule something is on the consent page: what asks for everything afresh, or what became of its approval. */
export function askedRule(name: string, { lapsed }: Approvals, prompt: Prompt): string {
  if (asksAfresh(prompt.reason)) return ruleOf(prompt);
  const found = lapsed.find(({ approval }) => consentCoverage([approval], [name]).missing.length === 0);
  return found?.rule ?? ruleOf(prompt);
}

/** By which rule something is granted without a question; nothing when none says so. */
export function settledRule(
  name: string,
  { standing }: Approvals,
  facts: Pick<AuthorizationFacts, 'client' | 'redirectUri'>,
): SettledRule | undefined {
  const [approval] = consentCoverage(standing, [name]).approved;
  if (approval !== undefined) return approval.givenBy === 'company' ? 'consent.company_approval' : 'approval.standing';
  return skipsConsent(facts) ? 'client.first_party_skip' : undefined;
}
