import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { PendingSignInsRepository } from './pending-sign-ins.repository.js';
import { pendingFrom, type PendingSignIn, type SignInProgress } from './sign-in-progress.js';

/** How long a sign-in may take from its first proof to its session. */
const LIFETIME_MS = 15 * 60_000;

/** What a sign-in is begun with. */
interface NewPendingSignIn {
  readonly browser: string;
  readonly progress: SignInProgress;
  readonly interactionId?: string | undefined;
  readonly returnTo?: string | undefined;
}

/** Sign-ins between their first proof and their session: kept, moved on, ended once. */
@Injectable()
export class PendingSignInRecords {
  constructor(
    private readonly rows: PendingSignInsRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Keeps a sign-in that needs more, in the place of any that this browser began for the same. */
  async begin({ browser, progress, interactionId, returnTo }: NewPendingSignIn): Promise<void> {
    const now = this.clock.now();
    const browserDigest = sha256(browser);
    const { userId, authTime, byMailbox, afresh, sessionId } = progress;
    await this.rows.supersede(browserDigest, interactionId ?? null, now);
    await this.rows.add({
      ...provenIn(progress),
      id: this.random.id(),
      browserDigest,
      userId,
      interactionId: interactionId ?? null,
      returnTo: returnTo ?? null,
      sessionId: sessionId ?? null,
      authTime,
      byMailbox,
      afresh,
      version: 1,
      createdAt: now,
      endedAt: null,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    });
  }

  /** The one that goes on in this browser, for the interaction or for one of our own pages. */
  async find(browser: string, interactionId: string | undefined): Promise<PendingSignIn | undefined> {
    const row = await this.rows.findLatest(sha256(browser), interactionId, this.clock.now());
    return row === null ? undefined : pendingFrom(row);
  }

  /** Notes what a step has found out; false when another tab was first, or the time is over. */
  record({ id, version }: PendingSignIn, progress: SignInProgress): Promise<boolean> {
    return this.rows.advance(id, version, provenIn(progress), this.clock.now());
  }

  /** Ends the sign-in in the caller's transaction: true for exactly one caller, who may start the session. */
  end({ id, version }: PendingSignIn): Promise<boolean> {
    return this.rows.end(id, version, this.clock.now());
  }

  /** Ends all sign-ins of a user that are not complete, except one that may stay. */
  endAll(userId: string, exceptId?: string): Promise<void> {
    return this.rows.endAll(userId, exceptId, this.clock.now());
  }
}

function provenIn({ amr, done, factors }: SignInProgress) {
  return { amr: [...amr], done: [...done], factors: [...factors] };
}
