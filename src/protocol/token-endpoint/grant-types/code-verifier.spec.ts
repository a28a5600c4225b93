import { describe, expect, it } from 'vitest';
import { codeVerifierProblem } from './code-verifier.js';

/** The pair of RFC 7636 App. B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('codeVerifierProblem', () => {
  it('accepts the verifier of the challenge (RFC 7636 §4.6)', () => {
    expect(codeVerifierProblem(CHALLENGE, VERIFIER)).toBeUndefined();
    expect(codeVerifierProblem(undefined, undefined)).toBeUndefined();
  });

  it.each([
    ['missing', CHALLENGE, undefined, 'code_verifier is missing'],
    ['too short', CHALLENGE, VERIFIER.slice(1), 'code_verifier is malformed'],
    ['too long', CHALLENGE, 'a'.repeat(129), 'code_verifier is malformed'],
    ['outside the unreserved characters', CHALLENGE, `${VERIFIER}+`, 'code_verifier is malformed'],
    ['of another challenge', CHALLENGE, `${VERIFIER}x`, 'code_verifier does not fit code_challenge'],
    ['the challenge itself', CHALLENGE, CHALLENGE, 'code_verifier does not fit code_challenge'],
  ])('refuses a verifier that is %s (RFC 7636 §4.6)', (_case, challenge, verifier, problem) => {
    expect(codeVerifierProblem(challenge, verifier)).toBe(problem);
  });

  it('refuses a verifier where no challenge was sent: a downgrade (RFC 9700 §4.8.2)', () => {
    expect(codeVerifierProblem(undefined, VERIFIER)).toBe('code_verifier without code_challenge');
  });
});
