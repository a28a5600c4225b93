import { sameText, sha256 } from '#platform/crypto/index.js';

const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** RFC 7636 §4.6: what is wrong with the verifier for this challenge, or nothing. */
export function codeVerifierProblem(challenge: string | undefined, verifier: string | undefined): string | undefined {
  // RFC 9700 §4.8.2: a verifier without a challenge means that somebody removed the challenge
  if (challenge === undefined) return verifier === undefined ? undefined : 'code_verifier without code_challenge';
  if (verifier === undefined) return 'code_verifier is missing';
  if (!CODE_VERIFIER.test(verifier)) return 'code_verifier is malformed';
  return sameText(sha256(verifier), challenge) ? undefined : 'code_verifier does not fit code_challenge';
}
