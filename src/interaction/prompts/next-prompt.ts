import { claimApproval } from '#consent/index.js';
import type { AuthorizationFacts } from '../authorization-facts.js';
import { accessPrompt } from './access.prompt.js';
import { consentPrompt } from './consent.prompt.js';
import { loginPrompt } from './login.prompt.js';
import type { Prompt, PromptRule, PromptState } from './prompt.js';
import { secondFactorPrompt } from './second-factor.prompt.js';
import { selectAccountPrompt } from './select-account.prompt.js';

/** Everything that can be asked, in the order in which it is asked. */
const PROMPTS: readonly PromptRule[] = [
  selectAccountPrompt,
  loginPrompt,
  secondFactorPrompt,
  accessPrompt,
  consentPrompt,
];

/** What to ask the user next, or nothing when the request can be answered (OIDC Core §3.1.2.3, §3.1.2.4). */
export function nextPrompt(facts: AuthorizationFacts, state: PromptState): Prompt | undefined {
  for (const { name, reasons } of PROMPTS) {
    const found = reasons.find((reason) => reason.applies(facts, state));
    if (found !== undefined) return { name, reason: found.reason, error: found.error };
  }
  return undefined;
}

/** The stable name of the rule by which something is asked. */
export function ruleOf({ name, reason }: Pick<Prompt, 'name' | 'reason'>): string {
  const reasons = PROMPTS.find((prompt) => prompt.name === name)?.reasons ?? [];
  return reasons.find((one) => one.reason === reason)?.rule ?? name;
}

/** What the request may grant now that nothing is left to ask: what the user left ticked, or all when nobody was asked. */
export function grantedScope(facts: AuthorizationFacts, state: Answered): readonly string[] {
  return facts.scope.filter((name) => isGranted(name, state));
}

/** The same of the claims that are asked for by name beyond the scope (OIDC Core §5.5). */
export function grantedNamedClaims({ namedClaims = [] }: AuthorizationFacts, state: Answered): readonly string[] {
  return namedClaims.map(({ name }) => name).filter((name) => isGranted(claimApproval(name), state));
}

type Answered = Pick<PromptState, 'answers' | 'session'>;

function isGranted(name: string, { answers: { consent }, session }: Answered): boolean {
  return consent === undefined || consent.userId !== session?.userId || consent.scopes.includes(name);
}
