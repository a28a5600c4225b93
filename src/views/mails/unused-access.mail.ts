import type { MailTemplate } from './mail.js';

/** What users are told of access that nobody uses. */
export interface UnusedAccessModel {
  readonly applications: readonly {
    readonly name: string;
    /** Whether it is all of the application's access, or parts. */
    readonly all: boolean;
    readonly since: Date;
  }[];
  readonly removedOn: Date;
}

/** Says which applications will lose access that nobody uses, when, and what to do about it. */
export const unusedAccessMail: MailTemplate<UnusedAccessModel> = {
  name: 'unused-access',
  write: ({ applications, removedOn }, { words: { unusedAccess: words }, companyName, dates }) => ({
    subject: words.subject,
    blocks: [
      { kind: 'text', text: words.text(companyName, dates.day(removedOn)) },
      {
        kind: 'facts',
        facts: applications.map(({ name, all, since }) => [
          name,
          all ? words.all(dates.day(since)) : words.parts(dates.day(since)),
        ]),
      },
      { kind: 'text', text: words.keep },
      { kind: 'action', label: words.action, path: '/account/applications' },
    ],
  }),
};
