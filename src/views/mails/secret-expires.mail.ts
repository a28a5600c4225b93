import type { MailTemplate } from './mail.js';

/** What is said of what runs out: a secret of a client here, or ours at a provider, or a certificate of ours or that we trust. */
export interface SecretExpiresModel {
  readonly kind:
    'client_secret' | 'identity_provider_secret' | 'tls_certificate' | 'trusted_certificate' | 'directory_certificate';
  readonly name: string;
  /** Of secrets only. */
  readonly clientId?: string | undefined;
  readonly expiresAt: Date;
}

/** Says to those who can make another that a secret or certificate runs out. */
export const secretExpiresMail: MailTemplate<SecretExpiresModel> = {
  name: 'secret-expires',
  write: ({ kind, name, clientId, expiresAt }, { words, companyName, dates }) => {
    const { label, subject, text, next } = words.expires[kind];
    const facts: (readonly [string, string] | undefined)[] = [
      [label, name],
      clientId === undefined ? undefined : ['client_id', clientId],
      [words.expires.end, dates.moment(expiresAt)],
    ];
    return {
      subject: subject(name),
      blocks: [
        { kind: 'text', text: text(companyName) },
        { kind: 'facts', facts: facts.filter((fact) => fact !== undefined) },
        { kind: 'text', text: next },
      ],
    };
  },
};
