import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { endedByTime, type TimedToken } from './ended-by-time.js';
import { RevokedTimesRepository } from './revoked-times.repository.js';

/** No access token lives longer, whatever a client or an API says; with what clocks differ. */
const LONGEST_LIFE_MS = 2 * 3_600_000;

/** A time, and whose tokens of it have ended: everybody's unless said. */
export interface RevokedTime {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly since?: Date | undefined;
  readonly until: Date;
}

/** Ends access tokens without rows by when they were issued (RFC 7662 §4). */
@Injectable()
export class RevokedTimes {
  constructor(
    private readonly times: RevokedTimesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Ends what was issued in a time; nothing is kept of one whose tokens have all run out. */
  async revoke({ userId, clientId, since, until }: RevokedTime): Promise<void> {
    const expiresAt = new Date(until.getTime() + LONGEST_LIFE_MS);
    if (expiresAt <= this.clock.now()) return;
    const row = {
      id: this.random.id(),
      userId: userId ?? null,
      clientId: clientId ?? null,
      since: since ?? null,
      until,
      expiresAt,
    };
    await this.transactions.run(() => this.times.add(row));
  }

  /** Whether a token was issued in a time that has ended. */
  async ended(token: TimedToken): Promise<boolean> {
    return endedByTime(await this.times.known(this.clock.now()), token);
  }
}
