import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { sha256 } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { TooManyRequests } from '../errors/oauth-error.js';

const WINDOW_SECONDS = 60;
const FAILURES_OF_CLIENT = 30;
/** Far more than clients that are set up wrongly make, so that these lock out nobody but themselves. */
const FAILURES_OF_ADDRESS = 1000;

/** Slows down whoever guesses at one client, or at many from one address; successes never count. */
@Injectable()
export class ClientFailures {
  private readonly ofClient = new RateLimiterMemory({ points: FAILURES_OF_CLIENT, duration: WINDOW_SECONDS });
  private readonly ofAddress = new RateLimiterMemory({ points: FAILURES_OF_ADDRESS, duration: WINDOW_SECONDS });

  /** Throws `TooManyRequests` while this client, or any from this address, has failed too often. */
  async check(clientId: string, address: string): Promise<void> {
    await refuseBeyond(this.ofClient, clientKey(clientId, address));
    await refuseBeyond(this.ofAddress, addressBlock(address));
  }

  /** Notes one failure. */
  async count(clientId: string, address: string): Promise<void> {
    await this.ofClient.penalty(clientKey(clientId, address));
    await this.ofAddress.penalty(addressBlock(address));
  }
}

async function refuseBeyond(failures: RateLimiterMemory, key: string): Promise<void> {
  const seen = await failures.get(key);
  if (seen === null || seen.consumedPoints < failures.points) return;
  throw new TooManyRequests('client authentication failed too often', {
    retryAfterSeconds: Math.ceil(seen.msBeforeNext / 1000),
  });
}

/** A digest, so that what strangers call themselves takes no room. */
function clientKey(clientId: string, address: string): string {
  return `${addressBlock(address)} ${sha256(clientId)}`;
}
