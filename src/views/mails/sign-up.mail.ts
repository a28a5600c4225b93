import type { MailTemplate } from './mail.js';

/** What the mail to somebody who wants an account says. Nothing that a stranger typed stands in it. */
export interface SignUpMailModel {
  readonly path: string;
  readonly lifetimeSeconds: number;
}

/** The link with which somebody goes on who wants to make an account. */
export const signUpMail: MailTemplate<SignUpMailModel> = {
  name: 'sign-up',
  write: ({ path, lifetimeSeconds }, { words, companyName, dates }) => ({
    subject: words.signUp.subject(companyName),
    blocks: [
      { kind: 'text', text: words.signUp.text(companyName) },
      { kind: 'action', label: words.signUp.action, path },
      { kind: 'text', text: words.onceFor(dates.length(lifetimeSeconds)) },
      { kind: 'text', text: words.ignore },
    ],
  }),
};

/** What somebody gets who wants to make an account and has one. */
export const signUpExistingMail: MailTemplate<{ readonly path: string }> = {
  name: 'sign-up-existing',
  write: ({ path }, { words, companyName }) => ({
    subject: words.signUpExisting.subject(companyName),
    blocks: [
      { kind: 'text', text: words.signUpExisting.text(companyName) },
      { kind: 'action', label: words.signUpExisting.action, path },
      { kind: 'text', text: words.signUpExisting.forgotten },
      { kind: 'text', text: words.ignore },
    ],
  }),
};
