import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sessionState } from './session-state.js';

const FACTS = { clientId: 'c 1', redirectUri: 'https://rp.example:8443/cb?a=b', opState: 'state', salt: 'salt' };

describe('session_state (OIDC Session Management §3.2)', () => {
  it('is the digest of client, origin of its redirect URI, state of the browser and salt, and the salt', () => {
    const digest = createHash('sha256').update('c 1 https://rp.example:8443 state salt').digest('hex');
    expect(sessionState(FACTS)).toBe(`${digest}.salt`);
  });

  it('changes with each of them', () => {
    const others = [{ clientId: 'c2' }, { redirectUri: 'https://rp.example/cb' }, { opState: '' }, { salt: 'other' }];
    const states = [{}, ...others].map((change) => sessionState({ ...FACTS, ...change }));
    expect(new Set(states).size).toBe(5);
    expect(sessionState({ ...FACTS, redirectUri: 'https://rp.example:8443/other' })).toBe(sessionState(FACTS));
  });

  it('is not for applications that have no pages', () => {
    expect(sessionState({ ...FACTS, redirectUri: 'com.example.app:/cb' })).toBeUndefined();
  });
});
