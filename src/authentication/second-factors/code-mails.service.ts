import { Injectable } from '@nestjs/common';
import type { User } from '#users/index.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import { MailCodes, type MailCodePlace } from './mail-codes.service.js';

/** What became of the wish for a code by mail. */
export type CodeMail =
  | { readonly outcome: 'sent' }
  /** Another one was sent only just now. */
  | { readonly outcome: 'too-soon' }
  /** The user has been sent so many that whoever asks is no longer helped by one. */
  | { readonly outcome: 'too-many'; readonly retryAfterSeconds: number };

/** Sends codes by mail, within bounds: whoever knows only the password must not fill a mailbox with them. */
@Injectable()
export class CodeMails {
  constructor(
    private readonly codes: MailCodes,
    private readonly throttle: MailThrottle,
  ) {}

  async send(user: User, place: MailCodePlace): Promise<CodeMail> {
    const retryAfterSeconds = await this.throttle.askForCode(user.id);
    if (retryAfterSeconds !== undefined) return { outcome: 'too-many', retryAfterSeconds };
    if (await this.codes.send(user, place)) return { outcome: 'sent' };
    await this.throttle.codeNotSent(user.id);
    return { outcome: 'too-soon' };
  }
}
