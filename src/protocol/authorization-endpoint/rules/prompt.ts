import { PromptValue } from '#standards/oidc.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import { spaceDelimited, type OAuthParameters } from '../../parameters/oauth-parameters.js';

/** OIDC Core §3.1.2.1: prompt values that are obeyed. */
const PROMPT_VALUES: readonly PromptValue[] = Object.values(PromptValue);

/** OIDC Prompt-Create §4.2: prompt values that metadata offers; where nobody can sign up, `create` leads to the sign-in page. */
export function offeredPromptValues(canSignUp: boolean): readonly PromptValue[] {
  return PROMPT_VALUES.filter((value) => canSignUp || value !== PromptValue.Create);
}

/** OIDC Core §3.1.2.1: whether the client wants an answer without any page, even where the rest of the request is wrong. */
export function asksForSilence(parameters: OAuthParameters): boolean {
  return spaceDelimited(parameters.get('prompt')).includes(PromptValue.None);
}

/** OIDC Core §3.1.2.1: what the client wants asked; unknown values are ignored, `none` stands alone. */
export function requestedPrompts(parameters: OAuthParameters): ReadonlySet<PromptValue> {
  const asked = spaceDelimited(parameters.get('prompt'));
  if (asked.includes(PromptValue.None) && asked.length > 1) {
    throw new InvalidRequest('prompt=none with another value', {
      description: 'prompt none must stand alone.',
      decision: { rule: 'prompt.none', clause: 'OIDC Core §3.1.2.1', facts: { presented: asked.slice(0, 10) } },
    });
  }
  return new Set(PROMPT_VALUES.filter((value) => asked.includes(value)));
}
