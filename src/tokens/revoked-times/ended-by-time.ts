import type { RevokedTimeRow } from './revoked-time.entity.js';

/** What of an access token decides whether a time that has ended is about it. */
export interface TimedToken {
  readonly issuedAt: Date;
  readonly clientId: string;
  /** Nothing for a token of a client's own. */
  readonly userId: string | undefined;
}

/** Whether one of the times ends the token; of the same second all, as `iat` counts seconds. */
export function endedByTime(times: readonly Omit<RevokedTimeRow, 'id' | 'expiresAt'>[], token: TimedToken): boolean {
  const issued = second(token.issuedAt);
  return times.some(
    ({ since, until, userId, clientId }) =>
      issued <= second(until) &&
      (since === null || issued >= second(since)) &&
      (userId === null || userId === token.userId) &&
      (clientId === null || clientId === token.clientId),
  );
}

function second(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
