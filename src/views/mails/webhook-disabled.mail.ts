import type { MailTemplate } from './mail.js';

/** What administrators are told of a webhook that is told nothing any more. */
export interface WebhookDisabledModel {
  /** The host alone: a mail has no links but ours, and a URL may hold a secret. */
  readonly host: string;
  readonly because: 'gone' | 'failing';
}

/** Says that a webhook is told nothing any more. */
export const webhookDisabledMail: MailTemplate<WebhookDisabledModel> = {
  name: 'webhook-disabled',
  write: ({ host, because }, { words: { webhookDisabled: words } }) => ({
    subject: words.subject,
    blocks: [
      { kind: 'text', text: because === 'gone' ? words.gone : words.failing },
      { kind: 'facts', facts: [[words.host, host]] },
      { kind: 'text', text: words.resume },
    ],
  }),
};
