import type { MailTemplate } from './mail.js';

/** What the mail with the code for a sign-in says. */
export interface SignInCodeMailModel {
  readonly code: string;
  readonly lifetimeSeconds: number;
}

/** The code that is typed into the sign-in that asked for it. */
export const signInCodeMail: MailTemplate<SignInCodeMailModel> = {
  name: 'sign-in-code',
  write: ({ code, lifetimeSeconds }, { words, companyName, dates }) => ({
    subject: words.signInCode.subject(companyName),
    blocks: [
      { kind: 'text', text: words.signInCode.text(companyName) },
      { kind: 'code', code },
      { kind: 'text', text: words.signInCode.lasts(dates.length(lifetimeSeconds)) },
      { kind: 'text', text: words.signInCode.warning },
    ],
  }),
};

/** What the notice of a used recovery code says. */
export interface RecoveryCodeUsedModel {
  readonly remaining: number;
}

/** Says that a recovery code was used, and how many are left. */
export const recoveryCodeUsedMail: MailTemplate<RecoveryCodeUsedModel> = {
  name: 'recovery-code-used',
  write: ({ remaining }, { words, companyName }) => ({
    subject: words.recoveryCodeUsed.subject,
    blocks: [
      { kind: 'text', text: words.recoveryCodeUsed.text(companyName, remaining) },
      { kind: 'action', label: words.recoveryCodeUsed.action, path: '/account/second-factors' },
    ],
  }),
};
