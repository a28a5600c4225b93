import { Injectable } from '@nestjs/common';
import { FeatureSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Mails } from '#mails/index.js';
import { invitationMail } from '#views/index.js';
import { ActionLinks } from '../links/action-links.service.js';
import type { Invitation } from './invitation.js';

/** Sends the links by which invitations are accepted. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly links: ActionLinks,
    private readonly mails: Mails,
    private readonly features: FeatureSettings,
    private readonly clock: Clock,
  ) {}

  get offered(): boolean {
    return this.features.signUp.mode !== 'off' && this.mails.available;
  }

  /** Sends the link inside the caller's transaction; it ends when the invitation does. */
  async send({ id, email, name, locale, validUntil }: Invitation): Promise<void> {
    const lifetimeSeconds = Math.ceil((validUntil.getTime() - this.clock.now().getTime()) / 1000);
    const data = { invitationId: id };
    const token = await this.links.issue({ purpose: 'invitation', address: email, data, lifetimeSeconds });
    const path = `/sign-up?invitation=${token}`;
    await this.mails.send(invitationMail, { to: email, locale, path, expiresAt: validUntil, name });
  }
}
