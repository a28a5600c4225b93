import { sha256 } from '#platform/crypto/index.js';

/** What a session state is about (OIDC Session Management §3.2). */
export interface SessionStateFacts {
  readonly clientId: string;
  readonly redirectUri: string;
  /** What the browser keeps for the scripts of the check-session page; empty when nobody is signed in. */
  readonly opState: string;
  readonly salt: string;
}

/** OIDC Session Management §3.2: tells a page of the client whether the sign-in is still the same, and nothing else. */
export function sessionState({ clientId, redirectUri, opState, salt }: SessionStateFacts): string | undefined {
  const { protocol, origin } = new URL(redirectUri);
  // Only pages of the web can ask the check-session page.
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const digest = Buffer.from(sha256(`${clientId} ${origin} ${opState} ${salt}`), 'base64url').toString('hex');
  return `${digest}.${salt}`;
}
