import type { PromptRule } from './prompt.js';

/** Tells a user who may not use the client, before anything is asked of them for it (RFC 6749 §4.1.2.1). */
export const accessPrompt: PromptRule = {
  name: 'access',
  reasons: [
    {
      reason: 'the client is not for this user',
      rule: 'access.group_missing',
      error: 'access_denied',
      applies: (_facts, { access }) => access?.rules.some(({ rule, holds }) => rule === 'group' && !holds) === true,
    },
    {
      reason: 'the user may grant none of the scope',
      rule: 'access.nothing_grantable',
      error: 'access_denied',
      applies: (_facts, { access }) => access?.allowed === false,
    },
  ],
};
