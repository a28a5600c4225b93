import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressBlock } from '#platform/http/index.js';
import { TooManyRequests } from '../errors/oauth-error.js';

const MINUTE_SECONDS = 60;
/** More than an office behind one address needs whose people all begin their day at once. */
const FETCHES_FOR_ADDRESS = 120;

/** Keeps whoever sends one `request_uri` after another from turning this service against the place (RFC 9101 §10.4). */
@Injectable()
export class RequestUriRate {
  private readonly forAddress = new RateLimiterMemory({ points: FETCHES_FOR_ADDRESS, duration: MINUTE_SECONDS });

  /** Counts a fetch; throws `TooManyRequests` when there were too many for this address. */
  async count(address: string): Promise<void> {
    try {
      await this.forAddress.consume(addressBlock(address));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new TooManyRequests('too many request objects fetched for one address', {
        description: 'Too many requests by request_uri; try again later.',
        retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      });
    }
  }
}
