import type { ComponentChild } from 'preact';
import type { Rich } from './rich.js';

/** What came of what somebody asked for, with nothing left to fill in. */
export type OutcomeKind =
  | 'reset-asked'
  | 'password-set'
  | 'sign-up-asked'
  | 'sign-up-off'
  | 'account-exists'
  | 'email-confirmed'
  | 'email-changed'
  | 'email-taken'
  | 'account-secured'
  | 'account-deleted'
  | 'signed-out-everywhere';

interface OutcomeWords {
  readonly title: string;
  readonly text: (company: string) => string;
  /** What the way onward is called, where it is not signing in. */
  readonly go?: string | undefined;
}

/** What the pages say to those who have no account yet, cannot get in, or follow a link of a mail; in English. */
export const gettingInEn = {
  signUp: {
    title: 'Make an account',
    intro: (company: string) => `Enter your e-mail address. ${company} sends you a link to go on with.`,
    invitedIntro: (company: string) =>
      `Accounts at ${company} are by invitation. If you were invited, enter the address that was invited, and the link is sent again.`,
    email: 'E-mail',
    domains: (domains: string) => `An address that ends in ${domains}.`,
    submit: 'Send the link',
    haveAccount: 'I have an account',
    forAddress: (address: ComponentChild): Rich => ['for ', address],
    asUser: (username: ComponentChild): Rich => ['Your username is ', username, '.'],
    create: 'Create the account',
    offer: 'Make an account',
    faults: {
      missing: (_domains: string) => 'Enter your e-mail address.',
      invalid: (_domains: string) => 'Enter an e-mail address, as in alex@company.example.',
      domain: (domains: string) => `Only addresses that end in ${domains} can be used here.`,
    },
  },
  resetPassword: {
    title: 'Choose a new password',
    intro: 'With it you are signed out everywhere else.',
    demanded: 'Your password must be changed before you go on.',
    submit: 'Set the password',
    offer: 'Forgot your password?',
    askTitle: 'Forgot your password?',
    askIntro: 'Enter your username or e-mail. A link to choose a new password goes to the address of your account.',
    ask: 'Send the link',
    same: 'Choose a password other than the present one.',
  },
  outcomes: {
    signIn: 'Sign in',
    throttled: (wait: string) => `Too many messages were asked for from here. Try again in ${wait}.`,
    kinds: {
      'reset-asked': {
        title: 'Look at your mail',
        text: () =>
          'If there is an account with that name and it has an address, a link is on its way there. It works once, for 30 minutes. Nothing came? Look among unwanted mail, or ask an administrator.',
      },
      'password-set': {
        title: 'Your password is changed',
        text: () => 'You are signed out everywhere. Sign in with the new password.',
      },
      'sign-up-asked': {
        title: 'Look at your mail',
        text: () =>
          'If that address can be used here, a message is on its way there with what to do next. Nothing came? Look among unwanted mail, or ask an administrator.',
      },
      'sign-up-off': {
        title: "You can't make an account here yourself",
        text: (company: string) =>
          `Accounts at ${company} are made by an administrator. Ask one if you need an account.`,
      },
      'account-exists': {
        title: 'You already have an account',
        text: () => 'There is an account with this address or username. Sign in with it.',
      },
      'email-confirmed': {
        title: 'Your address is confirmed',
        text: () => 'Thank you. You can close this page.',
        go: 'Go to your account',
      },
      'email-changed': {
        title: 'Your address is changed',
        text: () => 'From now on our messages go to the new address.',
        go: 'Go to your account',
      },
      'email-taken': {
        title: 'This address is in use',
        text: () => 'Another account has this address already, so yours keeps its own.',
        go: 'Go to your account',
      },
      'signed-out-everywhere': {
        title: 'You are signed out everywhere',
        text: () => 'No browser is signed in to your account any more, and none is remembered.',
      },
      'account-deleted': {
        title: 'Your account is deleted',
        text: (company) =>
          `You are signed out everywhere, and no application can use your ${company} account any more. You can close this page.`,
      },
      'account-secured': {
        title: 'Your account is safe',
        text: () =>
          'Everybody is signed out, and the old password no longer works. A link to choose a new one is on its way to your e-mail address.',
      },
    } as Readonly<Record<OutcomeKind, OutcomeWords>>,
  },
  terms: {
    title: 'Our terms',
    intro: (company: string) => `The terms of ${company} are new or have changed. Accept them to go on.`,
    accept: 'I have read the terms and accept them.',
    read: 'Read the terms',
    missing: 'Accept the terms to go on.',
    submit: 'Go on',
  },
  linkPages: {
    'verify-email': {
      title: 'Confirm your e-mail address',
      text: (address: ComponentChild, company: string): Rich => [
        `Your ${company} account has the address `,
        address,
        '.',
      ],
      submit: 'Confirm the address',
    },
    'change-email': {
      title: 'Confirm your new e-mail address',
      text: (address: ComponentChild, company: string): Rich => [
        `Your ${company} account will have the address `,
        address,
        '.',
      ],
      submit: 'Confirm the new address',
    },
    'not-me': {
      title: 'Was that somebody else?',
      text: (address: ComponentChild, company: string): Rich => [
        `You are signed out of ${company} and every application everywhere, the password of your account stops working, and a link to choose a new one is sent to `,
        address,
        '.',
      ],
      submit: 'Sign out everywhere',
    },
  },
  email: {
    title: 'E-mail address',
    present: 'Your address',
    none: 'Your account has no e-mail address.',
    confirmed: 'confirmed',
    unconfirmed: 'not confirmed yet',
    send: 'Send the link to confirm it',
    sent: 'A link is on its way to your address.',
    change: 'Change the address',
    newAddress: 'New e-mail address',
    changeHint: 'The change is made once you open the link that is sent there.',
    submit: 'Send the link',
    asked:
      'If the address can be used, a message is on its way there. Your account keeps its address until you confirm the new one.',
    off: 'Addresses cannot be changed here at present, as no mail can be sent. Ask an administrator.',
    demandedTitle: 'Confirm your e-mail address',
    demanded: (address: ComponentChild): Rich => [
      'Before you go on, confirm the address of your account: ',
      address,
      '. Have a link sent there, open it, and come back here.',
    ],
    again: 'Send it again',
    done: 'I have confirmed it',
    notYet: 'The address is not confirmed yet. Open the link in the mail first.',
  },
};
