import { Injectable } from '@nestjs/common';
import { Clock, sha256 } from '#platform/crypto/index.js';
import { KnownBrowsersRepository } from './known-browsers.repository.js';

/** How long a browser stays known after a sign-in, in milliseconds (remembered device, 30 days). */
const REMEMBERED_MS = 30 * 86_400_000;
const NOBODY = 'nobody';

/** Which browsers a user has signed in with, so that strangers' failures do not count against them. */
@Injectable()
export class KnownBrowsersService {
  constructor(
    private readonly browsers: KnownBrowsersRepository,
    private readonly clock: Clock,
  ) {}

  /** Whether the user has signed in with the browser lately; asked of nobody, it takes the same time and says no. */
  isKnown(browser: string, userId: string | undefined): Promise<boolean> {
    return this.browsers.isKnown(digestOf(browser, userId ?? NOBODY), this.clock.now());
  }

  /** Remembers that the user signed in with the browser, everything done that it took; whether they had before. */
  mark(browser: string, userId: string): Promise<boolean> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
    return this.browsers.mark({ digest: digestOf(browser, userId), userId, expiresAt }, now);
  }
}

function digestOf(browser: string, userId: string): string {
  return sha256(`${browser} ${userId}`);
}
