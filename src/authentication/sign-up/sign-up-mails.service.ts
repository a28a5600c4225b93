import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import type { User } from '#users/index.js';
import { signUpExistingMail, signUpMail } from '#views/index.js';
import { ActionLinks } from '../links/action-links.service.js';
import type { SignUpRequest } from '../requests/account-request.js';

const LIFETIME_SECONDS = 1800;

/** Writes what somebody gets who wants an account, inside the caller's transaction. */
@Injectable()
export class SignUpMails {
  constructor(
    private readonly links: ActionLinks,
    private readonly mails: Mails,
  ) {}

  /** To the address that is stored: that of the request may only look like it. */
  async tellOwner({ claims: { email, locale }, status }: User): Promise<void> {
    if (email === undefined || status !== 'active') return;
    await this.mails.send(signUpExistingMail, { to: email, locale, path: '/sign-in' });
  }

  async sendLink({ address, locale, interaction }: SignUpRequest): Promise<void> {
    const data = interaction === undefined ? {} : { interaction };
    const lifetimeSeconds = LIFETIME_SECONDS;
    const token = await this.links.issue({ purpose: 'sign-up', address, data, lifetimeSeconds });
    await this.mails.send(signUpMail, { to: address, locale, path: `/sign-up?token=${token}`, lifetimeSeconds });
  }
}
