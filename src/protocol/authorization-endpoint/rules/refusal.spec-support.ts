import { OAuthError } from '../../errors/oauth-error.js';

/** What a rule refuses with; the test fails when it does not. */
export function refusal(rule: () => unknown): OAuthError {
  try {
    rule();
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
  throw new Error('the rule did not refuse');
}
