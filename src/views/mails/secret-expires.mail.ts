import type { MailTemplate } from './mail.js';

/** What is said of a secret that runs out. */
export interface SecretExpiresModel {
  readonly clientName: string;
  readonly clientId: string;
  readonly expiresAt: Date;
}

/** Says to those who look after a client that a secret of it runs out. */
export const secretExpiresMail: MailTemplate<SecretExpiresModel> = {
  name: 'secret-expires',
  write: ({ clientName, clientId, expiresAt }, { words, companyName, dates }) => ({
    subject: words.secretExpires.subject(clientName),
    blocks: [
      { kind: 'text', text: words.secretExpires.text(companyName) },
      {
        kind: 'facts',
        facts: [
          [words.secretExpires.application, clientName],
          ['client_id', clientId],
          [words.secretExpires.end, dates.moment(expiresAt)],
        ],
      },
      { kind: 'text', text: words.secretExpires.next },
    ],
  }),
};
