import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RegistrationSettings } from '#platform/config/index.js';
import { addressBlock } from '#platform/http/index.js';
import { TooManyRequests } from '../errors/oauth-error.js';

const HOUR_SECONDS = 60 * 60;

/**
 * Slows down whoever registers one client after another from the same address, or changes one again and again: either may
 * name an address that is fetched at once (RFC 7591 §5, RFC 9700 §4.15).
 */
@Injectable()
export class RegistrationRate {
  private readonly ofAddress: RateLimiterMemory;

  constructor({ rate }: RegistrationSettings) {
    this.ofAddress = new RateLimiterMemory({ points: rate, duration: HOUR_SECONDS });
  }

  /** Counts a request; throws `TooManyRequests` when there were too many of its kind from this address. */
  async count(address: string, kind: 'registration' | 'change'): Promise<void> {
    try {
      await this.ofAddress.consume(`${kind} ${addressBlock(address)}`);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new TooManyRequests(`too many requests for a ${kind} from one address`, {
        description: 'Too many registrations; try again later.',
        retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      });
    }
  }
}
