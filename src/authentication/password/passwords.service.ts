import { Injectable } from '@nestjs/common';
import { Clock, type ForeignHash } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { PasswordOrigin } from './password-length.js';
import { isTooLong, type PasswordOwner, type PasswordProblem } from './password-policy.js';
import { PasswordHashes } from './password-hashes.service.js';
import { PasswordRules } from './password-rules.service.js';
import { PasswordsRepository } from './passwords.repository.js';

/** No user has this id; looking for it takes as long as looking for one. */
const NOBODY = 'nobody';

/** A password that was checked and hashed, ready to be stored inside a transaction. */
export interface PreparedPassword {
  readonly hash: string;
}

/** What stays although the password changes: where it was changed. */
export interface KeptSignIn {
  readonly sessionId?: string;
  /** A sign-in that is not complete yet. */
  readonly signInId?: string;
  /** Everything else stays too, because the user wants it so. */
  readonly othersStay?: boolean;
  /** Its origin stays or becomes the user's mailbox: whoever reads that knows the password. */
  readonly restsOnMailbox?: boolean;
}

/** Users' passwords: choose, replace, compare. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly passwords: PasswordsRepository,
    private readonly rules: PasswordRules,
    private readonly hashes: PasswordHashes,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Why the owner may not have this password, or nothing. */
  problem(password: string, owner: PasswordOwner, origin?: PasswordOrigin): Promise<PasswordProblem | undefined> {
    return this.rules.problem(password, owner, origin);
  }

  /** The fewest characters of a password that somebody chooses, for the hint beside its field. */
  minimumLength(): Promise<number> {
    return this.rules.minimumLength();
  }

  /** Does the slow work, which has no place inside a transaction; the policy is the caller's question before. */
  async prepare(password: string): Promise<PreparedPassword> {
    if (isTooLong(password)) throw new Error('a password that is too long was not refused before hashing');
    return { hash: await this.hashes.make(password) };
  }

  /** Sets or replaces a user's password and says so: whoever was signed in with the old one is not any more. */
  async set(userId: string, password: string | PreparedPassword, keep: KeptSignIn = {}): Promise<void> {
    const { hash } = typeof password === 'string' ? await this.prepare(password) : password;
    await this.transactions.run(async () => {
      const { restsOnMailbox = false } = keep;
      await this.passwords.set({ userId, hash, changedAt: this.clock.now(), restsOnMailbox });
      await this.events.publish('user.password_changed', {
        userId,
        ...(keep.sessionId === undefined ? {} : { exceptSessionId: keep.sessionId }),
        ...(keep.signInId === undefined ? {} : { exceptSignInId: keep.signInId }),
        ...(keep.othersStay === true ? { othersStay: true } : {}),
      });
    });
  }

  /** Takes a user's password away, in the caller's transaction: somebody else may know it. */
  async takeAway(userId: string): Promise<void> {
    await this.passwords.remove(userId);
  }

  /** Gives a user the password whose hash another system made; it becomes a hash of ours when they next sign in. */
  async adopt(userId: string, foreign: ForeignHash): Promise<void> {
    await this.transactions.run(async () => {
      await this.set(userId, { hash: await this.hashes.adopt(foreign) });
    });
  }

  /** The hash of a user's password, for an export to another system. */
  async hashOf(userId: string): Promise<string | undefined> {
    return (await this.passwords.find(userId))?.hash;
  }

  /** Whether the password was chosen by a link in a mail, and by nobody who had proven anything else. */
  async restsOnMailbox(userId: string): Promise<boolean> {
    return (await this.passwords.find(userId))?.restsOnMailbox === true;
  }

  async has(userId: string): Promise<boolean> {
    return (await this.passwords.find(userId)) !== null;
  }

  /** Whether this is the user's password; the same work is done when there is no user, or none with a password. */
  async matches(userId: string | undefined, typed: string): Promise<boolean> {
    if (isTooLong(typed)) return false;
    const stored = (await this.passwords.find(userId ?? NOBODY)) ?? undefined;
    const { valid, outdated } = await this.hashes.compare(stored?.hash, typed);
    if (stored !== undefined && outdated) {
      await this.passwords.upgrade(stored.userId, stored.hash, await this.hashes.make(typed));
    }
    return valid;
  }
}
