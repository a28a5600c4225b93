import type { PostedForm } from '#platform/http/index.js';

/** What the sign-in form says. */
type SignInDecision =
  | { readonly action: 'cancel' }
  | { readonly action: 'sign-in'; readonly username: string; readonly password: string }
  | { readonly action: 'incomplete'; readonly username: string };

/** Reads the sign-in form; cancelling needs nothing filled in, and Enter without a button signs in. */
export function signInDecision(form: PostedForm): SignInDecision {
  if (form.get('action') === 'cancel') return { action: 'cancel' };
  const username = form.get('username')?.trim() ?? '';
  const password = form.get('password') ?? '';
  return username === '' || password === ''
    ? { action: 'incomplete', username }
    : { action: 'sign-in', username, password };
}
