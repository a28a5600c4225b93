import type { MailTemplate } from './mail.js';

/** What an invitation says. */
export interface InvitationMailModel {
  readonly path: string;
  readonly expiresAt: Date;
  /** The name that whoever invites has given. */
  readonly name?: string | undefined;
}

/** The link with which somebody who was invited makes an account. */
export const invitationMail: MailTemplate<InvitationMailModel> = {
  name: 'invitation',
  write: ({ path, expiresAt, name }, { words, companyName, dates }) => ({
    subject: words.invitation.subject(companyName),
    blocks: [
      ...(name === undefined ? [] : [{ kind: 'text', text: words.hello(name) } as const]),
      { kind: 'text', text: words.invitation.text(companyName) },
      { kind: 'action', label: words.invitation.action, path },
      { kind: 'text', text: words.onceUntil(dates.moment(expiresAt)) },
      { kind: 'text', text: words.invitation.unexpected },
    ],
  }),
};
