import { PromptValue } from '#standards/oidc.js';
import { hasFirstProof, isTooWeak, provedAllMeanwhile, signedInMeanwhile, type PromptRule } from './prompt.js';

/** Asks the user to prove who they are. */
export const loginPrompt: PromptRule = {
  name: 'login',
  reasons: [
    {
      // OIDC Prompt-Create §4.1: whoever wants a new account is not who is signed in; it comes first, as signing up is another page
      reason: 'prompt=create',
      rule: 'request.prompt_create',
      error: 'login_required',
      applies: ({ prompts }, state) => prompts.has(PromptValue.Create) && !signedInMeanwhile(state),
    },
    {
      reason: 'no session',
      rule: 'session.none',
      error: 'login_required',
      applies: (_facts, { session }) => session === undefined,
    },
    {
      reason: 'user is gone',
      rule: 'user.not_active',
      error: 'login_required',
      applies: (_facts, { user }) => user?.status !== 'active',
    },
    {
      // OIDC Core §3.1.2.1: only a sign-in made for this request will do, never the session it found
      reason: 'prompt=login',
      rule: 'request.prompt_login',
      error: 'login_required',
      applies: ({ prompts }, state) => prompts.has(PromptValue.Login) && !signedInMeanwhile(state),
    },
    {
      // OIDC Core §3.1.2.1: max_age=0 asks always
      reason: 'max_age exceeded',
      rule: 'session.too_old',
      error: 'login_required',
      applies: ({ maxAge }, state) => {
        if (maxAge === undefined || state.session === undefined || provedAllMeanwhile(state)) return false;
        return maxAge === 0 || state.now.getTime() - state.session.authTime.getTime() > maxAge * 1000;
      },
    },
    {
      // OIDC Core §3.1.2.2: nobody else may answer for the user whom the id_token_hint or the claims parameter names
      reason: 'another user is hinted',
      rule: 'session.other_user',
      error: 'login_required',
      applies: ({ hintedSubjects, subjectOf }, { session }) =>
        hintedSubjects !== undefined && (session === undefined || !hintedSubjects.includes(subjectOf(session.userId))),
    },
    {
      // OIDC Core §5.5.1.1: where there is no first proof that a second one could add to
      reason: 'acr not met',
      rule: 'session.acr_not_met',
      error: 'login_required',
      applies: ({ acr }, state) => isTooWeak(acr, state) && !hasFirstProof(state),
    },
  ],
};
