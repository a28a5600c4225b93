import { Injectable } from '@nestjs/common';
import { Mails, type Recipient } from '#mails/index.js';
import type { MailTemplate } from '#views/index.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import type { ActionLinkPurpose, NewActionLink } from './action-link.js';
import { ActionLinks } from './action-links.service.js';

/** What a mail with a link says besides the link; `path` is where it leads, up to the token. */
export type LinkLetter<M> = M & Omit<Recipient, 'to'>;

/** Makes links and sends them, each to the very address that it is bound to. */
@Injectable()
export class LinkMails {
  constructor(
    private readonly links: ActionLinks,
    private readonly mails: Mails,
    private readonly throttle: MailThrottle,
  ) {}

  /** Whether a mailbox has not had too many already, which nobody is told. */
  admits(address: string): Promise<boolean> {
    return this.throttle.admitsMailTo(address);
  }

  /** Sends a link inside the caller's transaction. */
  async send<P extends ActionLinkPurpose, M extends { readonly path: string }>(
    template: MailTemplate<M>,
    link: NewActionLink<P>,
    letter: LinkLetter<M>,
  ): Promise<void> {
    const path = letter.path + (await this.links.issue(link));
    await this.mails.send<M>(template, { ...letter, path, to: link.address });
  }
}
