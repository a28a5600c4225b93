import type { ComponentChild } from 'preact';
import type { Rich } from './rich.js';

/** What pages say of what went wrong, in English. */
export const errorEn = {
  error: {
    codeLabel: 'Error',
    descriptionLabel: 'Details',
    supportLabel: 'Support code',
    goTo: (name: ComponentChild): Rich => ['Go to ', name],
    goOn: 'Continue',
    account: 'Go to your account',
    wait: (wait: string) => `Wait ${wait}, then try again.`,
    kinds: {
      client: {
        title: "This application's request can't be answered",
        what: 'The application that sent you here made a mistake in its request. Nothing was shared with it.',
        next: 'Go back and try again. If you see this page again, send the support code to the people who run the application.',
      },
      expired: {
        title: 'This took too long',
        what: 'For your safety a sign-in waits only for a while. Nothing was shared.',
        next: 'Go back to the application and start again.',
      },
      finished: {
        title: 'This sign-in is finished',
        what: 'It was completed before, perhaps in another tab. Nothing was done twice.',
        next: 'Go back to the application. If it still asks you to sign in, start there again.',
      },
      foreign: {
        title: 'This sign-in belongs to another browser',
        what: 'A sign-in can only be finished in the browser where it began. Nothing was shared.',
        next: 'Open the application in this browser and sign in from there.',
      },
      form: {
        title: 'This form could not be accepted',
        what: 'The page was open for too long, or the browser blocks cookies for this site. Nothing has changed.',
        next: 'Go back, load the page again and repeat the last step.',
      },
      invalid: {
        title: 'That was not on offer',
        what: 'The form was sent with a choice that the page did not give. Nothing was allowed.',
        next: 'Go back to the application and start again.',
      },
      'set-up-link': {
        title: 'This set-up link no longer works',
        what: 'It works once, for 24 hours, and only while there is no administrator.',
        next: 'If you made the account already, sign in. Otherwise start the service again: it then prints a new link.',
      },
      'action-link': {
        title: 'This link no longer works',
        what: 'Such a link works once and for a short time only. Nothing has changed.',
        next: 'Ask for a new one, or sign in if you have done what it was for.',
      },
      unvetted: {
        title: 'Before you go back',
        what: 'The request of this application cannot be met, and nobody here has checked the application yet. Nothing was shared with it.',
        next: 'Go on only if you know this application and meant to use it.',
      },
      'not-found': {
        title: 'There is no page here',
        what: 'The address may be mistyped, or the page has moved.',
        next: 'Check the address, or start from your account.',
      },
      method: {
        title: 'This page does not open by itself',
        what: 'It is one step of several and needs the one before it. Nothing has changed.',
        next: 'Start from the application or from your account.',
      },
      forbidden: {
        title: 'This page is not open to you',
        what: 'Your account has no access to it.',
        next: 'If you need it for your work, ask an administrator and mention the support code.',
      },
      busy: {
        title: 'Too many people at once',
        what: 'More requests arrived than can be answered at this moment. Nothing is lost.',
        next: 'Wait a moment, then try again.',
      },
      server: {
        title: 'Something went wrong here',
        what: 'The fault is on our side and has been noted. Your last step was not saved; everything before it was.',
        next: 'Try again in a moment. If it happens again, send the support code to an administrator.',
      },
    },
  },
};
