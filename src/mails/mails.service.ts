import { Injectable, Logger } from '@nestjs/common';
import { MailSettings } from '#platform/config/index.js';
import { Outbox } from '#platform/events/index.js';
import { MailViews, negotiateLocale, type MailTemplate } from '#views/index.js';
import { isMailbox } from './letter.js';
import { Letters } from './letters.js';

/** Whom a mail is for: always an address that is stored here, never one that a request brings along. */
export interface Recipient {
  readonly to: string;
  /** The language, as a page's or as the user's `locale`; English when there is none that we write in. */
  readonly locale?: string | undefined;
  /** The user's `zoneinfo`. */
  readonly timeZone?: string | undefined;
}

/** Writes mails to people and hands them to the outbox. */
@Injectable()
export class Mails {
  private readonly logger = new Logger('mails');

  constructor(
    private readonly views: MailViews,
    private readonly letters: Letters,
    private readonly outbox: Outbox,
    private readonly settings: MailSettings,
  ) {}

  /** Whether mails can leave; what cannot do without them is off where they cannot. */
  get available(): boolean {
    return this.settings.enabled;
  }

  /** Writes a mail, which leaves if and only if the transaction in progress is committed; where none can leave, nothing happens. */
  async send<M extends object>(template: MailTemplate<M>, letter: Recipient & M): Promise<void> {
    if (!this.available) {
      this.logger.debug(`no mail ${template.name}, as SMTP_URL is not set`);
      return;
    }
    const { to, locale: userLocale, timeZone } = letter;
    if (leadsNowhere(to)) return;
    if (!isMailbox(to)) throw new Error(`the recipient of a mail ${template.name} is not one mailbox`);
    const locale = negotiateLocale({ userLocale });
    const rendered = this.views.render<M>(template, letter, locale, { timeZone });
    const sealed = this.letters.seal({ ...rendered, to, language: locale });
    await this.outbox.add('mail', template.name, sealed);
  }
}

/** RFC 2606 §2: nobody has such an address; the examination by the doctor signs in with one. */
function leadsNowhere(address: string): boolean {
  return /\.invalid$/i.test(address);
}
