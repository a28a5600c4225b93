import type { ComponentChild } from 'preact';
import { consentEn } from './consent-en.js';
import { factorsEn } from './factors-en.js';
import { errorEn } from './error-en.js';
import { adminEn } from './admin-en.js';
import { accountEn } from './account-en.js';
import { gettingInEn } from './getting-in-en.js';
import type { AttentionKind } from '../components/attention-kinds.js';
import type { AccountSection } from '../layout/account-sections.js';
import { mailsEn } from './mails-en.js';
import type { Rich } from './rich.js';

/** What every page says, in English; its type is what every other language must fulfil. */
export const en = {
  language: {
    tag: 'en',
    /** What those who speak it call it. */
    ownName: 'English',
    /** The language whose ways with dates and numbers are used. */
    dates: 'en-GB',
    direction: 'ltr' as 'ltr' | 'rtl',
  },
  common: {
    cancel: 'Cancel',
    skip: 'Skip to the content',
    newTab: '(opens in a new tab)',
    privacy: 'Privacy',
    terms: 'Terms',
    formExpired: 'This page was open for too long. Nothing has changed; please do it once more.',
  },
  signIn: {
    title: 'Sign in',
    titleAgain: 'Sign in again',
    titleSwitch: 'Sign in with another account',
    withAccount: (company: ComponentChild): Rich => ['with your ', company, ' account'],
    toContinue: (client: ComponentChild): Rich => ['to continue to ', client],
    again: "You are signed in already. Enter your password once more to confirm that it's you.",
    switch: 'Use the account that you want to continue with.',
    username: 'Username or e-mail',
    password: 'Password',
    submit: 'Sign in',
    unvetted: (company: string) =>
      `Nobody at ${company} has checked this application. Sign in only if you know who runs it and meant to come here.`,
    missing: 'One thing is still missing.',
    missingUsername: 'Enter your username or e-mail.',
    missingPassword: 'Enter your password.',
    refused: "That password and name don't match an account here. Check both and try again.",
    unavailable: 'Your company’s directory does not answer right now. Nothing is lost; try again in a moment.',
    throttled: (wait: string) =>
      `To protect this account, sign-in is paused after several tries. Try again in ${wait}.`,
    expired: 'This page was open for too long. Nothing is lost; enter your password again.',
  },
  captcha: {
    missing: 'After several failed tries, show that you are a person: answer the question below, then sign in.',
    scripts:
      'After several failed tries a question must be answered that needs scripts, which are switched off in this browser. Try again in a quarter of an hour.',
  },
  ...gettingInEn,
  ...accountEn,
  ...adminEn,
  ...errorEn,
  ...factorsEn,
  ...consentEn,
  selectAccount: {
    title: 'Choose an account',
    another: 'Use another account',
    missing: 'Choose the account to continue with.',
  },
  upstream: {
    continueWith: (service: ComponentChild): Rich => ['Continue with ', service],
    unlinked: (service: ComponentChild, account: ComponentChild, company: string): Rich => [
      'Your ',
      service,
      ' account',
      ...(account === undefined ? [] : [' (', account, ')']),
      ` does not lead to an account at ${company} yet. Sign in here once, and you can link the two.`,
    ],
    linkTitle: (service: string) => `Link your ${service} account?`,
    linkEffect: (service: ComponentChild, account: ComponentChild, company: string): Rich => [
      'You can then sign in here with ',
      service,
      ...(account === undefined ? [] : [' as ', account]),
      `. Link it only if it is yours: whoever can use it there will get into your ${company} account here.`,
    ],
    link: 'Link',
    skip: 'Not now',
    faults: {
      denied: 'You did not go through with it at the other service. Nothing has changed; sign in in any way you like.',
      failed: 'The other service could not confirm who you are. Try again, or sign in in another way.',
      'not-allowed':
        'That account may not be used to sign in here. Choose another one, or ask whoever looks after accounts.',
      closed: 'The account here that belongs to it cannot be used. Ask whoever looks after accounts.',
      unavailable: 'The other service cannot be reached at the moment. Try again later, or sign in in another way.',
      taken: 'That account is linked to somebody else here already. Nothing has changed.',
    },
  },
  logout: {
    title: 'Sign out?',
    asked: (client: ComponentChild): Rich => [client, ' asks to sign you out.'],
    effect: (company: string) =>
      `You will be signed out of ${company} in this browser. An application that is still open may let you go on until you close it.`,
    confirm: 'Sign out',
    cancel: 'Stay signed in',
  },
  access: {
    titleOf: (client: string) => `${client} is not open to you`,
    heading: (client: ComponentChild): Rich => [client, ' is not open to you'],
    notForYou: (company: string) =>
      `${company} lets only some accounts use this application, and the one you are signed in with is not among them. Nothing was shared with it.`,
    noRights:
      'This application asks for rights of an administrator, which your account does not have. Nothing was shared with it.',
    otherAccount: 'If you have another account for this, sign in with that one.',
    askContacts: 'If you need it for your work, these people can help:',
    askAdministrator: (company: string) =>
      `If you need it for your work, ask whoever looks after accounts at ${company}.`,
    mailSubject: (client: string) => `Access to ${client}`,
    useAnother: 'Use another account',
    back: 'Back to the application',
  },
  formPost: {
    title: 'Back to the application',
    effect: 'You are on your way. If nothing happens, continue by hand.',
    go: 'Continue',
  },
  mails: mailsEn,
  devMails: {
    title: 'Mails',
    intro: 'What would have been sent if SMTP_URL were set, the newest first. Only this machine sees this page.',
    none: 'Nothing has been written yet. Without SMTP_URL, mails appear here and in the log.',
    to: (address: ComponentChild): Rich => ['to ', address],
    text: 'Text',
    html: 'HTML',
  },
  signingOut: {
    title: 'Signing you out',
    effect: 'Your applications are told that you are signing out. This takes a few seconds at most.',
    go: 'Continue',
    frame: 'Sign-out of an application',
  },
  passwords: {
    title: 'Password',
  },
  signedOut: {
    title: 'You have signed out',
    shared: 'If other people use this device, close the browser too.',
    again: 'Sign in again',
    back: (client: ComponentChild): Rich => ['Back to ', client],
  },
  factors: {
    title: 'Ways to sign in',
  },
  /** One line for each page of the account, as the navigation calls it. */
  navigation: {
    overview: 'Home',
    email: 'E-mail address',
    apps: 'Your applications',
    profile: 'Profile',
    sessions: 'Sign-ins',
    applications: 'Application access',
    secondFactors: 'Second factors',
    password: 'Password',
    passkeys: 'Passkeys',
    identities: 'Linked sign-ins',
    history: 'Security history',
    ownData: 'Your data',
  } satisfies Record<AccountSection, string>,
  ownPassword: {
    title: 'Change your password',
    intro: 'You stay signed in here. Choose a password that you use nowhere else.',
    firstTitle: 'Choose a password',
    firstIntro: 'You have none yet. With one you can also sign in by your username or e-mail address.',
    elsewhere: 'Your password is kept in your company’s directory. Change it there; it counts here at once.',
    endOthers: 'Sign me out everywhere else',
    submit: 'Save the password',
    changed: 'Your password is changed.',
    set: 'You have a password now.',
  },
  myApps: {
    title: 'Your applications',
    intro: 'Everything that you may open with this account. One click is enough: you are signed in already.',
    searchLabel: 'Find an application by name',
    search: 'Find',
    showAll: 'Show all',
    seeAll: (number: number) => `See all ${String(number)} applications`,
    more: (shown: number, found: number) =>
      `These are ${String(shown)} of ${String(found)}. Search for a name to find the others.`,
    used: (date: ComponentChild): Rich => ['used ', date],
    noStart: 'Open it from its own address',
    empty: 'No application yet',
    emptyText: 'As soon as an administrator opens an application to you, it appears here, ready for one click.',
    notFound: 'Nothing of that name',
    notFoundText:
      'Try a part of the name. An application that is missing here may not be open to you: ask an administrator.',
  },
  attention: {
    title: 'Needs your attention',
    kinds: {
      'email-missing': {
        text: 'There is no e-mail address for you. Without one you cannot get back in when you forget your password.',
        action: 'Add an address',
      },
      'email-unverified': {
        text: 'Your e-mail address is not confirmed yet.',
        action: 'Confirm it',
      },
    } satisfies Record<AttentionKind, { text: string; action: string }>,
  },
};

/** All the words that a language needs; leaving one out does not compile. */
export type Messages = typeof en;
