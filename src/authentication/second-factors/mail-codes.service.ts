import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { User } from '#users/index.js';
import { signInCodeMail } from '#views/index.js';
import { MailCodesRepository } from './mail-codes.repository.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { typedCode } from './totp.js';

const LIFETIME_SECONDS = 300;
const MOST_TRIES = 5;
/** A code is sent again at most this often. */
const RESEND_MS = 60_000;

/** One sign-in in one browser: a code is good for nothing else. */
export interface MailCodePlace {
  readonly signInId: string;
  /** The secret that names the browser. */
  readonly browser: string;
}

/** Codes that are sent to the user's verified address to be typed into the sign-in that asked for them. */
@Injectable()
export class MailCodes {
  constructor(
    private readonly codes: MailCodesRepository,
    private readonly factors: SecondFactorsRepository,
    private readonly mails: Mails,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Whether a code can reach the user: at an address that is theirs. */
  canReach({ claims }: User): boolean {
    return this.mails.available && claims.email !== undefined && claims.email_verified === true;
  }

  /** Sends a code in the place of the one before; false when that one was sent only just now. */
  async send({ id: userId, claims }: User, { signInId, browser }: MailCodePlace): Promise<boolean> {
    const { email, locale, zoneinfo: timeZone } = claims;
    if (email === undefined) return false;
    const now = this.clock.now();
    const code = this.random.digits(6);
    const digest = digestOf(code, signInId, browser);
    const expiresAt = new Date(now.getTime() + LIFETIME_SECONDS * 1000);
    const row = { signInId, userId, digest, tries: 0, sentAt: now, usedAt: null, expiresAt };
    return this.transactions.run(async () => {
      if (!(await this.codes.put(row, new Date(now.getTime() - RESEND_MS)))) return false;
      await this.mails.send(signInCodeMail, { to: email, locale, timeZone, code, lifetimeSeconds: LIFETIME_SECONDS });
      return true;
    });
  }

  isSent({ signInId }: MailCodePlace): Promise<boolean> {
    return this.codes.isLive(signInId, MOST_TRIES, this.clock.now());
  }

  /** Uses what somebody typed; each try is counted before it is compared, so that parallel ones cannot pass the limit. */
  async use(userId: string, typed: string, { signInId, browser }: MailCodePlace): Promise<boolean> {
    const now = this.clock.now();
    if (!(await this.codes.countTry(signInId, MOST_TRIES, now))) return false;
    const right = await this.codes.use(signInId, digestOf(typedCode(typed), signInId, browser), now);
    if (right) await this.factors.noteUse(userId, 'mail_code', now);
    return right;
  }
}

function digestOf(code: string, signInId: string, browser: string): string {
  return sha256(`${browser} ${signInId} ${code}`);
}
