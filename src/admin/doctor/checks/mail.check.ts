import type { MailSettings } from '#platform/config/index.js';
import { type Check, green, type Judgement, note, red } from '../check.js';

/** Speaks with a mail server as far as possible without sending a mail. */
export type MailProbe = (smtpUrl: string) => Promise<void>;

/** Whether mails can leave. */
export class MailCheck implements Check {
  readonly name = 'mail';
  readonly needs = [];

  constructor(
    private readonly mail: MailSettings,
    private readonly probe: MailProbe,
  ) {}

  async examine(): Promise<Judgement> {
    const { smtpUrl, enabled } = this.mail;
    if (smtpUrl === undefined) {
      return note(`SMTP_URL is not set, so no mail leaves${enabled ? '' : ' and what needs mail is switched off'}`);
    }
    try {
      await this.probe(smtpUrl);
      return green('the mail server takes our mails');
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      const remedy = 'Look whether SMTP_URL has the address, user and password of a mail server that runs.';
      return red(`the mail server cannot be used: ${code ?? message ?? String(error)}`, remedy);
    }
  }
}
