import type { MailContext, MailTemplate } from './mail.js';

/** What the mails with which somebody confirms an address say. */
export interface ConfirmAddressModel {
  readonly path: string;
  readonly lifetimeSeconds: number;
}

type Words = Pick<MailContext['words'], 'verifyEmail'>['verifyEmail'] & { readonly ignore: string };

function confirmation(
  name: string,
  choose: (words: MailContext['words']) => Omit<Words, 'ignore'>,
): MailTemplate<ConfirmAddressModel> {
  return {
    name,
    write: ({ path, lifetimeSeconds }, { words, companyName, dates }) => ({
      subject: choose(words).subject,
      blocks: [
        { kind: 'text', text: choose(words).text(companyName) },
        { kind: 'action', label: choose(words).action, path },
        { kind: 'text', text: words.onceFor(dates.length(lifetimeSeconds)) },
        { kind: 'text', text: words.ignore },
      ],
    }),
  };
}

/** The link with which a user shows that the address of the account is theirs. */
export const verifyEmailMail = confirmation('verify-email', (words) => words.verifyEmail);

/** What the owner of an address reads when somebody wants to give it to another account. */
export const addressInUseMail: MailTemplate<object> = {
  name: 'address-in-use',
  write: (_, { words, companyName }) => ({
    subject: words.addressInUse.subject,
    blocks: [{ kind: 'text', text: words.addressInUse.text(companyName) }],
  }),
};

/** The link with which a user shows that the address that the account will have is theirs. */
export const changeEmailMail = confirmation('change-email', (words) => words.changeEmail);
