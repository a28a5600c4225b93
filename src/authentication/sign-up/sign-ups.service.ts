import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { UsersService } from '#users/index.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import type { SignUpRequest } from '../requests/account-request.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import { SignUpMails } from './sign-up-mails.service.js';
import { SignUpRules } from './sign-up-rules.service.js';

/** Answers, by mail, whoever wants to make an account. */
@Injectable()
export class SignUps {
  constructor(
    private readonly users: UsersService,
    private readonly invitations: InvitationsService,
    private readonly sending: SignUpMails,
    private readonly throttle: MailThrottle,
    private readonly transactions: Transactions,
    private readonly rules: SignUpRules,
  ) {}

  /** Sends what fits: the invitation again, a link to go on with, or word that there is an account; nobody waits for it. */
  async fulfil(request: SignUpRequest): Promise<void> {
    const { address } = request;
    if (!this.rules.offered || !(await this.throttle.admitsMailTo(address))) return;
    const owner = await this.users.findByLogin(address);
    if (owner !== undefined) {
      await this.transactions.run(() => this.sending.tellOwner(owner));
      return;
    }
    const invitation = await this.invitations.findOpen(address);
    if (invitation !== undefined) await this.invitations.remind(invitation);
    else if (this.rules.allows(address)) await this.transactions.run(() => this.sending.sendLink(request));
  }
}
