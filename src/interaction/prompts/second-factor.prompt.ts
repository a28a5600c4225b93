import { fulfils } from '#authentication/index.js';
import { hasFirstProof, isTooWeak, type PromptRule } from './prompt.js';

/** Asks a user who is signed in for more, and not for the first proof again. */
export const secondFactorPrompt: PromptRule = {
  name: 'second_factor',
  reasons: [
    {
      // OIDC Core §5.5.1.1, RFC 9470 §5: a stronger sign-in is asked for once; what comes of it is judged afterwards
      reason: 'acr not met',
      rule: 'session.acr_step_up',
      error: 'login_required',
      applies: ({ acr }, state) => isTooWeak(acr, state) && hasFirstProof(state),
    },
    {
      reason: 'second factor required',
      rule: 'policy.second_factor',
      error: 'login_required',
      applies: (_facts, { session, secondFactor }) =>
        session !== undefined && secondFactor !== undefined && !fulfils(session, secondFactor),
    },
  ],
};
