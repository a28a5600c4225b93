import { Injectable } from '@nestjs/common';
import { FeatureSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { EventBus } from '#platform/events/index.js';
import { Mails } from '#mails/index.js';
import { invitationMail } from '#views/index.js';
import { LinkMails } from '../links/link-mails.service.js';
import type { Invitation } from './invitation.js';

/** Sends the links by which invitations are accepted. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly linkMails: LinkMails,
    private readonly events: EventBus,
    private readonly mails: Mails,
    private readonly features: FeatureSettings,
    private readonly clock: Clock,
  ) {}

  get offered(): boolean {
    return this.features.signUp.mode !== 'off' && this.mails.available;
  }

  /** Sends the first link inside the caller's transaction, and says that somebody was invited. */
  async invite(invitation: Invitation): Promise<void> {
    await this.send(invitation);
    await this.events.publish('user.invited', { invitationId: invitation.id });
  }

  /** Sends the link inside the caller's transaction; it ends when the invitation does. */
  async send({ id, email, name, locale, validUntil }: Invitation): Promise<void> {
    const lifetimeSeconds = Math.ceil((validUntil.getTime() - this.clock.now().getTime()) / 1000);
    const data = { invitationId: id };
    await this.linkMails.send(
      invitationMail,
      { purpose: 'invitation', address: email, data, lifetimeSeconds },
      { locale, path: '/sign-up?invitation=', expiresAt: validUntil, name },
    );
  }
}
