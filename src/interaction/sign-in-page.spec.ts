import { describe, expect, it } from 'vitest';
import { aClient, aSession, aUser, NOW } from './given.spec-support.js';
import type { Prompt } from './prompts/prompt.js';
import { signInContent } from './sign-in-page.js';
import type { Turn } from './turn.js';

function turn(prompt: Partial<Prompt>, changes: Partial<Turn> = {}, loginHint?: string): Turn {
  const interaction = {
    id: 'interaction',
    clientId: 'client',
    parameters: [],
    facts: { scope: ['openid'], redirectUri: 'https://rp.test/cb', loginHint },
    prompt: { name: 'login', reason: 'no session', error: 'login_required', ...prompt } as const,
    answers: {},
    version: 1,
    createdAt: NOW,
    idleUntil: NOW,
  };
  return { browser: 'browser', locale: 'en', client: aClient({}), interaction, ...changes };
}

const alice = { session: aSession(), user: aUser({}) };

describe('signInContent', () => {
  it('asks a stranger for everything', () => {
    expect(signInContent(turn({}))).toMatchObject({ username: undefined, reason: undefined, canCancel: true });
  });

  it('fills in the login_hint, whoever is signed in (OIDC Core §3.1.2.1)', () => {
    expect(signInContent(turn({}, {}, 'bob@acme.example')).username).toBe('bob@acme.example');
    expect(signInContent(turn({ reason: 'prompt=login' }, alice, 'bob')).username).toBe('bob');
  });

  it('asks the same user again for a fresh sign-in', () => {
    expect(signInContent(turn({ reason: 'max_age exceeded' }, alice))).toMatchObject({
      username: 'alice',
      reason: 'again',
    });
  });

  it.each([
    { name: 'login', reason: 'another user is hinted' },
    { name: 'login', reason: 'prompt=create' },
    { name: 'consent', reason: 'scope not approved' },
    { name: 'select_account', reason: 'prompt=select_account' },
  ] as const)('offers another account on the way from $name', (prompt) => {
    expect(signInContent(turn(prompt, alice))).toMatchObject({ username: undefined, reason: 'switch' });
  });
});
