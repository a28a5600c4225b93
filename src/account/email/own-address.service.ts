import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccountRequests, EmailVerifications, MailThrottle } from '#authentication/index.js';
import { Mails } from '#mails/index.js';
import { clientAddress } from '#platform/http/index.js';
import { isEmailAddress } from '#users/index.js';
import type { EmailModel } from '#views/index.js';
import type { Visit } from '../visit.js';

/** What users can do about the address of their own account; both are done by a link in a mail. */
@Injectable()
export class OwnAddress {
  constructor(
    private readonly mails: Mails,
    private readonly verifications: EmailVerifications,
    private readonly requests: AccountRequests,
    private readonly throttle: MailThrottle,
  ) {}

  get canBeChanged(): boolean {
    return this.mails.available;
  }

  /** Sends the link that confirms the present address. */
  async confirm({ user, locale }: Visit): Promise<void> {
    if (this.canBeChanged && user.claims.email_verified !== true) await this.verifications.send(user, locale);
  }

  /** Asks for another address; undefined when that was written down. */
  async ask(request: FastifyRequest, { user, locale }: Visit, address: string): Promise<EmailModel['error']> {
    if (address === '') return 'missing';
    if (!isEmailAddress(address) || !this.canBeChanged) return 'invalid';
    const retryAfterSeconds = await this.throttle.ask(clientAddress(request));
    if (retryAfterSeconds !== undefined) return { retryAfterSeconds };
    await this.requests.take({ kind: 'change-email', userId: user.id, address, locale });
    return undefined;
  }
}
