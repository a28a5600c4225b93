import type { AuthorizationFacts } from '../authorization-facts.js';
import { consentPrompt } from './consent.prompt.js';
import { loginPrompt } from './login.prompt.js';
import type { Prompt, PromptRule, PromptState } from './prompt.js';
import { selectAccountPrompt } from './select-account.prompt.js';

/** Everything that can be asked, in the order in which it is asked. */
const PROMPTS: readonly PromptRule[] = [selectAccountPrompt, loginPrompt, consentPrompt];

/** What to ask the user next, or nothing when the request can be answered (OIDC Core §3.1.2.3, §3.1.2.4). */
export function nextPrompt(facts: AuthorizationFacts, state: PromptState): Prompt | undefined {
  for (const { name, reasons } of PROMPTS) {
    const found = reasons.find((reason) => reason.applies(facts, state));
    if (found !== undefined) return { name, reason: found.reason, error: found.error };
  }
  return undefined;
}

/** What the request may grant now that nothing is left to ask: what the user left ticked, or all when nobody was asked. */
export function grantedScope(
  facts: AuthorizationFacts,
  { answers, session }: Pick<PromptState, 'answers' | 'session'>,
): readonly string[] {
  const { consent } = answers;
  if (consent === undefined || consent.userId !== session?.userId) return facts.scope;
  return facts.scope.filter((name) => consent.scopes.includes(name));
}
