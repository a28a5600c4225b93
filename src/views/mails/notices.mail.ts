import type { MailTemplate } from './mail.js';
import { notYou, whatHappened, type Happening } from './what-happened.js';

/** What every notice of something that was done in an account says. */
export interface NoticeModel {
  readonly happening: Happening;
  /** Where "That was not me" leads. */
  readonly path: string;
}

/** Says that the password was changed. */
export const passwordChangedMail: MailTemplate<NoticeModel> = {
  name: 'password-changed',
  write: ({ happening, path }, context) => ({
    subject: context.words.passwordChanged.subject,
    blocks: [
      { kind: 'text', text: context.words.passwordChanged.text(context.companyName) },
      whatHappened(happening, context),
      ...notYou(path, context),
    ],
  }),
};

/** Says, at the old address, that the account has a new one. */
export const emailChangedMail: MailTemplate<NoticeModel> = {
  name: 'email-changed',
  write: ({ happening, path }, context) => ({
    subject: context.words.emailChanged.subject,
    blocks: [
      { kind: 'text', text: context.words.emailChanged.text(context.companyName) },
      whatHappened(happening, context),
      ...notYou(path, context),
    ],
  }),
};

/** Says that somebody signed in with a browser that the user has not used before. */
export const newDeviceMail: MailTemplate<NoticeModel> = {
  name: 'new-device',
  write: ({ happening, path }, context) => ({
    subject: context.words.newDevice.subject(context.companyName),
    blocks: [
      { kind: 'text', text: context.words.newDevice.text(context.companyName) },
      whatHappened(happening, context),
      ...notYou(path, context),
    ],
  }),
};

/** What the notice of a changed way to sign in says besides. */
export interface FactorNoticeModel extends NoticeModel {
  readonly change: 'added' | 'removed';
  /** One of the kinds that the catalogue has words for. */
  readonly factor: string;
}

/** Says that a way to sign in was added or removed. */
export const factorChangedMail: MailTemplate<FactorNoticeModel> = {
  name: 'factor-changed',
  write: ({ happening, path, change, factor }, context) => {
    const { words, companyName } = context;
    const said = change === 'added' ? words.factorAdded : words.factorRemoved;
    return {
      subject: said.subject,
      blocks: [
        { kind: 'text', text: said.text(companyName, words.factors[factor] ?? words.factors['other'] ?? factor) },
        whatHappened(happening, context),
        ...notYou(path, context),
      ],
    };
  },
};
