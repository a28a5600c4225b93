import type { MailTemplate } from './mail.js';

/** What the mail with which a user chooses a new password says. */
export interface ResetPasswordMailModel {
  readonly path: string;
  readonly lifetimeSeconds: number;
  /** The user said that it was somebody else: the old password does not work any more. */
  readonly secured?: boolean;
}

/** The link with which a user chooses a new password. */
export const resetPasswordMail: MailTemplate<ResetPasswordMailModel> = {
  name: 'reset-password',
  write: ({ path, lifetimeSeconds, secured = false }, { words, companyName, dates }) => ({
    subject: words.resetPassword.subject,
    blocks: [
      { kind: 'text', text: secured ? words.securedAccount.text(companyName) : words.resetPassword.text(companyName) },
      { kind: 'action', label: words.resetPassword.action, path },
      { kind: 'text', text: words.onceFor(dates.length(lifetimeSeconds)) },
      ...(secured ? [] : [{ kind: 'text', text: words.resetPassword.ignore } as const]),
    ],
  }),
};

/** What somebody gets whose password is in a directory of the company. */
export const directoryPasswordMail: MailTemplate<Pick<ResetPasswordMailModel, 'secured'>> = {
  name: 'directory-password',
  write: ({ secured = false }, { words, companyName }) => ({
    subject: words.directoryPassword.subject,
    blocks: [
      { kind: 'text', text: secured ? words.securedSessions.text(companyName) : words.resetPassword.text(companyName) },
      { kind: 'text', text: words.directoryPassword.text },
      ...(secured ? [] : [{ kind: 'text', text: words.resetPassword.ignore } as const]),
    ],
  }),
};
