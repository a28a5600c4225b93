import { REMEMBERED } from './factor-kinds.js';

/** How long after a sign-in what matters most may be changed without another one, in milliseconds. */
const FRESH_MS = 5 * 60_000;

/**
 * Whether the user has proven lately who they are, all that their sign-ins take: neither an open browser nor one that is
 * remembered is a proof that its user sits before it.
 */
export function isFresh(session: { readonly authTime: Date; readonly factors: readonly string[] }, now: Date): boolean {
  return now.getTime() - session.authTime.getTime() <= FRESH_MS && !session.factors.includes(REMEMBERED);
}
