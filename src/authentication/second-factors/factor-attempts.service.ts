import { Injectable } from '@nestjs/common';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { Clock } from '#platform/crypto/index.js';
import { FACTOR_POLICY } from '../throttling/throttle-policy.js';
import { Throttle } from '../throttling/throttle.js';
import { ThrottlesRepository } from '../throttling/throttles.repository.js';

/** Counts wrong codes by user, in whichever process: each is counted before it is compared, so that parallel ones cannot pass. */
@Injectable()
export class FactorAttempts {
  readonly #throttle: Throttle;

  constructor(throttles: ThrottlesRepository, clock: Clock) {
    this.#throttle = new Throttle(FACTOR_POLICY, throttles, clock);
  }

  /** Counts an attempt; when none is let through now, for how many seconds. */
  async admit(userId: string): Promise<number | undefined> {
    try {
      await this.#throttle.consume(userId);
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }

  /** It was no failure. */
  async takeBack(userId: string): Promise<void> {
    await this.#throttle.takeBack(userId);
  }

  /** Until when failures have closed the second step of the account; told once. */
  closed(userId: string): Promise<Date | undefined> {
    return this.#throttle.announce(userId);
  }
}
