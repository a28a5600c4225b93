import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import type { User } from '#users/index.js';
import { signUpExistingMail, signUpMail } from '#views/index.js';
import { LinkMails } from '../links/link-mails.service.js';
import type { SignUpRequest } from '../requests/account-request.js';

const LIFETIME_SECONDS = 1800;

/** Writes what somebody gets who wants an account, inside the caller's transaction. */
@Injectable()
export class SignUpMails {
  constructor(
    private readonly linkMails: LinkMails,
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
    await this.linkMails.send(
      signUpMail,
      { purpose: 'sign-up', address, data, lifetimeSeconds },
      { locale, path: '/sign-up?token=', lifetimeSeconds },
    );
  }
}
