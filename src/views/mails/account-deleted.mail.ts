import type { MailTemplate } from './mail.js';
import { whatHappened, type Happening } from './what-happened.js';

/** What the last mail to a user says. */
export interface AccountDeletedModel {
  readonly by: 'user' | 'administrator';
  readonly happening: Happening;
}

/** Says that the account is gone, and by whom. */
export const accountDeletedMail: MailTemplate<AccountDeletedModel> = {
  name: 'account-deleted',
  write: ({ by, happening }, context) => {
    const { words, companyName } = context;
    const { subject, byUser, byAdministrator, unexpected } = words.accountDeleted;
    return {
      subject: subject(companyName),
      blocks: [
        { kind: 'text', text: by === 'user' ? byUser(companyName) : byAdministrator(companyName) },
        whatHappened(happening, context),
        { kind: 'text', text: unexpected(companyName) },
      ],
    };
  },
};
