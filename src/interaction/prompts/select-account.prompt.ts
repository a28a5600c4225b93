import { PromptValue } from '#standards/oidc.js';
import type { PromptRule } from './prompt.js';

/** Asks which account to go on with; without a session signing in is the choice. */
export const selectAccountPrompt: PromptRule = {
  name: 'select_account',
  reasons: [
    {
      reason: 'prompt=select_account', // OIDC Core §3.1.2.1
      rule: 'request.prompt_select_account',
      error: 'account_selection_required',
      applies: ({ prompts }, { session, user, answers }) =>
        prompts.has(PromptValue.SelectAccount) &&
        session !== undefined &&
        user?.status === 'active' &&
        answers.chosenSessionId !== session.id,
    },
  ],
};
