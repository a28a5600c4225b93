import type { MailTemplate } from './mail.js';

/** What is said of a secret that runs out: of a client here, or ours at a provider that people sign in through. */
export interface SecretExpiresModel {
  readonly kind: 'client_secret' | 'identity_provider_secret';
  readonly name: string;
  readonly clientId: string;
  readonly expiresAt: Date;
}

/** Says to those who can make another that a secret runs out. */
export const secretExpiresMail: MailTemplate<SecretExpiresModel> = {
  name: 'secret-expires',
  write: ({ kind, name, clientId, expiresAt }, { words, companyName, dates }) => {
    const { subject, application, provider, end } = words.secretExpires;
    const { label, text, next } = kind === 'client_secret' ? application : provider;
    return {
      subject: subject(name),
      blocks: [
        { kind: 'text', text: text(companyName) },
        {
          kind: 'facts',
          facts: [
            [label, name],
            ['client_id', clientId],
            [end, dates.moment(expiresAt)],
          ],
        },
        { kind: 'text', text: next },
      ],
    };
  },
};
