import type { Transporter } from 'nodemailer';
import type Mail from 'nodemailer/lib/mailer/index.js';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import type { DeliveryOutcome } from '#platform/events/index.js';
import { MAIL_LOGO_ID, type MailLogo } from '#views/index.js';
import type { Letter } from './letter.js';
import { smtpOutcome, type SmtpFailure } from './smtp-outcome.js';

/** Hands mails to the mail server. */
export class SmtpPost {
  private transport: Transporter<SMTPPool.SentMessageInfo> | undefined;

  constructor(
    private readonly options: SMTPPool.Options,
    private readonly from: Mail.Address,
    private readonly logo: MailLogo | undefined,
  ) {}

  async deliver(letter: Letter): Promise<DeliveryOutcome> {
    try {
      const transport = await this.open();
      await transport.sendMail(this.message(letter));
      return { outcome: 'delivered' };
    } catch (error) {
      return smtpOutcome(error as SmtpFailure);
    }
  }

  close(): void {
    this.transport?.close();
  }

  // The library is read with the first mail: a process that sends none needs none of its 10 MB.
  private async open(): Promise<Transporter<SMTPPool.SentMessageInfo>> {
    const { createTransport } = await import('nodemailer');
    return (this.transport ??= createTransport(this.options));
  }

  private message({ to, subject, text, html, messageId, writtenAt, language }: Letter): Mail.Options {
    return {
      // As an object: the address is never read as a list of them.
      to: { name: '', address: to },
      from: this.from,
      subject,
      text,
      html,
      messageId,
      date: new Date(writtenAt),
      attachments: this.attachments(),
      headers: {
        // RFC 3834 §5: no out-of-office reply comes back.
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': language,
      },
    };
  }

  private attachments(): Mail.Attachment[] {
    if (this.logo === undefined) return [];
    const { fileName: filename, mediaType: contentType, content } = this.logo;
    return [{ filename, contentType, content, cid: MAIL_LOGO_ID, contentDisposition: 'inline' }];
  }
}
