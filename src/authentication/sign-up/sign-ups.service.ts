import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { Mails } from '#mails/index.js';
import { UsersService, type User } from '#users/index.js';
import { signUpExistingMail, signUpMail } from '#views/index.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import { ActionLinks } from '../links/action-links.service.js';
import type { SignUpRequest } from '../requests/account-request.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import { SignUpRules } from './sign-up-rules.service.js';

const LIFETIME_SECONDS = 1800;

/** Answers, by mail, whoever wants to make an account. */
@Injectable()
export class SignUps {
  constructor(
    private readonly users: UsersService,
    private readonly invitations: InvitationsService,
    private readonly links: ActionLinks,
    private readonly mails: Mails,
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
      await this.transactions.run(() => this.tellOwner(owner));
      return;
    }
    const invitation = await this.invitations.findOpen(address);
    if (invitation !== undefined) await this.invitations.remind(invitation);
    else if (this.rules.allows(address)) await this.transactions.run(() => this.sendLink(request));
  }

  private async tellOwner({ claims: { email, locale }, status }: User): Promise<void> {
    if (email === undefined || status !== 'active') return;
    await this.mails.send(signUpExistingMail, { to: email, locale, path: '/sign-in' });
  }

  private async sendLink({ address, locale, interaction }: SignUpRequest): Promise<void> {
    const data = interaction === undefined ? {} : { interaction };
    const lifetimeSeconds = LIFETIME_SECONDS;
    const token = await this.links.issue({ purpose: 'sign-up', address, data, lifetimeSeconds });
    await this.mails.send(signUpMail, { to: address, locale, path: `/sign-up?token=${token}`, lifetimeSeconds });
  }
}
