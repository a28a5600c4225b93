import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import { sha256, type Clock } from '#platform/crypto/index.js';
import type { ThrottlePolicy } from './throttle-policy.js';
import type { ThrottlesRepository } from './throttles.repository.js';

interface Standing {
  /** Attempts counted so far; beyond the policy's number the limiter refuses. */
  readonly consumed: number;
  readonly until: Date;
}

/** A rate limiter over our own table that lets an attempt through again after each delay of its policy. */
export class Throttle extends RateLimiterStoreAbstract {
  constructor(
    private readonly policy: ThrottlePolicy,
    private readonly throttles: ThrottlesRepository,
    private readonly clock: Clock,
  ) {
    super({
      storeClient: throttles,
      keyPrefix: policy.name,
      points: policy.failures,
      duration: policy.windowSeconds,
    });
  }

  /** What is counted under: whoever reads the table learns neither names nor addresses. */
  override getKey(key: string | number): string {
    return `${this.policy.name}:${sha256(String(key))}`;
  }

  /** Counts an attempt; if refused, for how many milliseconds. */
  async refusal(key: string): Promise<number | undefined> {
    try {
      await this.consume(key);
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
      throw refused;
    }
  }

  /** Takes back what an attempt counted, because it was no failure. */
  takeBack(key: string): Promise<void> {
    return this.throttles.giveBack([this.getKey(key)], this.clock.now());
  }

  /** Until when nothing is let through, told to one of those whose failures reached the limit. */
  announce(key: string): Promise<Date | undefined> {
    return this.throttles.announce(this.getKey(key), this.policy, this.clock.now());
  }

  /** Called by the limiter to count an attempt. */
  protected async _upsert(bucket: string): Promise<Standing> {
    const now = this.clock.now();
    const taking = await this.throttles.take(bucket, this.policy, now);
    return taking.granted
      ? { consumed: this.policy.failures, until: now }
      : { consumed: this.policy.failures + 1, until: taking.until };
  }

  /** Called by the limiter to look without counting. */
  protected async _get(bucket: string): Promise<Standing | null> {
    const row = await this.throttles.findLive(bucket, this.clock.now());
    return row === null ? null : { consumed: row.failures, until: row.blockedUntil };
  }

  protected _delete(bucket: string): Promise<boolean> {
    return this.throttles.remove(bucket);
  }

  /** Called by the limiter to read what the methods above returned. */
  protected _getRateLimiterRes(_bucket: string, _changed: number, { consumed, until }: Standing): RateLimiterRes {
    const msBeforeNext = Math.max(0, until.getTime() - this.clock.now().getTime());
    return new RateLimiterRes(Math.max(0, this.policy.failures - consumed), msBeforeNext, consumed, false);
  }
}
