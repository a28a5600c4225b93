import type { Session } from './session.js';

/** How long after a sign-in what matters most may be changed without another one, in milliseconds. */
const FRESH_MS = 5 * 60_000;

/** Whether the user has proven lately who they are: an open browser is no proof that its user sits before it. */
export function isFresh({ authTime }: Pick<Session, 'authTime'>, now: Date): boolean {
  return now.getTime() - authTime.getTime() <= FRESH_MS;
}
