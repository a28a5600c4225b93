import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RegistrationSettings } from '#platform/config/index.js';
import { addressBlock } from '#platform/http/index.js';
import { TooManyRequests } from '../errors/oauth-error.js';

const HOUR_SECONDS = 60 * 60;

/** Slows down whoever registers one client after another from the same address (RFC 7591 §5). */
@Injectable()
export class RegistrationRate {
  private readonly ofAddress: RateLimiterMemory;

  constructor({ rate }: RegistrationSettings) {
    this.ofAddress = new RateLimiterMemory({ points: rate, duration: HOUR_SECONDS });
  }

  /** Counts a request; throws `TooManyRequests` when there were too many of this address. */
  async count(address: string): Promise<void> {
    try {
      await this.ofAddress.consume(addressBlock(address));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new TooManyRequests('too many registrations of one address', {
        description: 'Too many registrations; try again later.',
        retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      });
    }
  }
}
