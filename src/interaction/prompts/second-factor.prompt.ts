import { provenKinds, REMEMBERED, type SecondFactorPolicy } from '#authentication/index.js';
import type { Session } from '#sessions/index.js';
import { hasFirstProof, isTooWeak, type PromptRule } from './prompt.js';

/** Asks a user who is signed in for more, and not for the first proof again. */
export const secondFactorPrompt: PromptRule = {
  name: 'second_factor',
  reasons: [
    {
      // OIDC Core §5.5.1.1, RFC 9470 §5: a stronger sign-in is asked for once; what comes of it is judged afterwards
      reason: 'acr not met',
      error: 'login_required',
      applies: ({ acr }, state) => isTooWeak(acr, state) && hasFirstProof(state),
    },
    {
      reason: 'second factor required',
      error: 'login_required',
      applies: (_facts, { session, secondFactor }) =>
        session !== undefined && secondFactor !== undefined && !fulfils(session, secondFactor),
    },
  ],
};

/** Whether a session has what the rules require; what they leave to the user was asked when the session began. */
function fulfils({ amr, factors }: Session, { rule, kinds, demanded }: SecondFactorPolicy): boolean {
  if (rule !== 'required' || (factors.includes(REMEMBERED) && !demanded)) return true;
  return provenKinds({ amr, factors }).some((kind) => kinds.includes(kind));
}
