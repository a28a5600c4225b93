import type { PostedForm } from '#platform/http/index.js';

/** What the sign-in form says. */
export type SignInDecision =
  | { readonly action: 'cancel' }
  | { readonly action: 'sign-in'; readonly username: string; readonly password: string }
  | { readonly action: 'passkey'; readonly answer: string }
  | { readonly action: 'incomplete'; readonly username: string; readonly missing: 'missing' | 'scripts' };

/** Reads the sign-in form; cancelling needs nothing filled in, and Enter without a button signs in. */
export function signInDecision(form: PostedForm): SignInDecision {
  if (form.get('action') === 'cancel') return { action: 'cancel' };
  const username = form.get('username')?.trim() ?? '';
  const password = form.get('password') ?? '';
  if (form.get('action') === 'passkey') return passkeyDecision(form, username);
  return username === '' || password === ''
    ? { action: 'incomplete', username, missing: 'missing' }
    : { action: 'sign-in', username, password };
}

/** Without an answer of an authenticator no script has run. */
function passkeyDecision(form: PostedForm, username: string): SignInDecision {
  const answer = form.get('passkey') ?? '';
  return answer === '' ? { action: 'incomplete', username, missing: 'scripts' } : { action: 'passkey', answer };
}
