import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BrandingSettings, MailSettings, OutboundSettings } from '#platform/config/index.js';
import { OutboxCourier, type DeliveryOutcome, type OutboxCatalogue } from '#platform/events/index.js';
import { MailViews } from '#views/index.js';
import type { Letter } from './letter.js';
import { Letters } from './letters.js';
import { senderOf } from './sender.js';
import { smtpOptions } from './smtp-options.js';
import { SmtpPost } from './smtp-post.js';

/** Carries mails out of the outbox: to the mail server, or into the log of a developer who has none. */
@Injectable()
export class MailDelivery implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('mails');
  private readonly post: SmtpPost | undefined;

  constructor(
    private readonly courier: OutboxCourier,
    private readonly letters: Letters,
    private readonly mail: MailSettings,
    branding: BrandingSettings,
    outbound: OutboundSettings,
    views: MailViews,
  ) {
    const { smtpUrl } = mail;
    const open = (url: string) => new SmtpPost(smtpOptions(url, outbound), senderOf(mail, branding), views.logo);
    this.post = smtpUrl === undefined ? undefined : open(smtpUrl);
  }

  onModuleInit(): void {
    this.courier.carry('mail', (payload) => this.deliver(payload));
  }

  onModuleDestroy(): void {
    this.post?.close();
  }

  private async deliver(payload: OutboxCatalogue['mail']): Promise<DeliveryOutcome> {
    const letter = this.letters.open(payload);
    if (this.post !== undefined) return this.post.deliver(letter);
    if (!this.mail.enabled) return { outcome: 'failed', detail: 'SMTP_URL is not set any more' };
    this.tell(letter);
    return { outcome: 'delivered' };
  }

  /** Only on a development issuer without a mail server: the mail itself is shown, links and all. */
  private tell({ to, subject, text }: Letter): void {
    this.logger.log({ msg: `a mail to ${to}: ${subject}`, text });
  }
}
