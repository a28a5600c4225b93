import type { ComponentChild } from 'preact';
import type { HistoryKind } from '../history-kinds.js';

type Rich = readonly ComponentChild[];

/** What the pages of the account say about what is known of a user, in English. */
export const accountEn = {
  deletion: {
    title: 'Delete your account',
    offer: 'If you no longer need the account, you can delete it, with everything that is kept of you.',
    intro: 'This cannot be taken back.',
    effects: (company: string) => [
      `Your profile, passwords, passkeys, linked accounts and settings at ${company} are deleted.`,
      'You are signed out everywhere, and applications lose their access to your account.',
      'What applications have kept of you themselves stays with them. Ask them about it.',
      'That there was an account and what happened with it stays on record for a while, for the safety of all.',
    ],
    confirm: 'Yes, delete my account and everything in it',
    missing: 'Tick the box if you want to delete your account. Nothing has been deleted.',
    lastAdministrator:
      'You are the only administrator. Make somebody else one first; until then your account cannot be deleted.',
    submit: 'Delete account',
    cancel: 'Keep it',
  },
  ownData: {
    title: 'What is kept of you',
    intro: 'Your profile, ways to sign in, sign-ins, linked accounts, applications and security history.',
    download: 'Take it away',
    downloadText:
      'Everything in one file that programs can read (JSON). Passwords, keys and codes are not in it. Keep the file where nobody else can read it.',
    downloadButton: 'Download your data',
  },
  identities: {
    title: 'Accounts elsewhere that lead here',
    intro: 'With each of these accounts you can sign in here. Remove any that is not yours or that you no longer use.',
    empty: 'No account elsewhere is linked. Once one is, it appears here, and you can sign in with it.',
    since: (date: ComponentChild): Rich => ['linked ', date],
    used: (date: ComponentChild): Rich => ['last used ', date],
    unlink: 'Remove link',
    of: (service: string) => `to ${service}`,
    linkAnother: 'Link another account',
    linkText:
      'You sign in there first, and then say here whether to link the two. You may be asked to sign in here again.',
    link: (service: ComponentChild): Rich => ['Link ', service],
    linked: 'The account is linked. You can sign in with it from now on.',
    unlinked: 'The link is removed. That account no longer leads here.',
    problems: {
      denied: 'You did not go through with it at the other service. Nothing has changed.',
      failed: 'The other service could not confirm who you are. Nothing has changed; try again.',
      'not-allowed': 'That account may not be used here. Choose another one, or ask whoever looks after accounts.',
      unavailable: 'The other service cannot be reached at the moment. Try again later.',
      taken: 'That account leads to somebody here already. Nothing has changed.',
      needed: 'You need this link to sign in. Add another way to sign in first, then remove it.',
    },
  },
  history: {
    title: 'What happened with your account',
    intro:
      'Sign-ins and changes that matter for the safety of your account, the newest first. If you do not recognise something, change your password and sign out everywhere.',
    empty: 'Nothing has happened yet. Your next sign-in will be the first entry.',
    older: 'Older entries',
    newest: 'Back to the newest entries',
    pages: 'More entries',
    concerning: (name: ComponentChild): Rich => ['“', name, '”'],
    byAdministrator: 'by an administrator',
    byService: 'by this service itself',
    kinds: {
      'user.registered': 'Your account was made',
      'user.deactivated': 'Your account was closed',
      'user.invited': 'You were invited',
      'user.signed_in': 'You signed in',
      'sign_in.failed': 'Somebody failed to sign in as you',
      'user.locked': 'After many failures, sign-ins to your account had to wait',
      'sign_in.not_me': 'You said that it was not you',
      'session.ended': 'A browser was signed out',
      'user.password_changed': 'Your password was changed',
      'user.reset_requested': 'A link to choose a new password was asked for',
      'user.email_changed': 'Your e-mail address was changed',
      'user.email_verified': 'Your e-mail address was confirmed',
      'factor.added': 'A way to sign in was added',
      'factor.removed': 'A way to sign in was removed',
      'factor.used_recovery_code': 'A recovery code was used',
      'passkey.counter_regressed': 'A passkey may have been copied',
      'identity.linked': 'An account elsewhere was linked',
      'identity.unlinked': 'An account elsewhere was unlinked',
      'consent.given': 'An application was allowed to use your account',
      'consent.narrowed': 'An application may do less with your account',
      'consent.withdrawn': 'The access of an application was removed',
      'authorization_code.replayed': 'An application was signed out because something was used twice',
      'refresh_token.replayed': 'An application was signed out because its access may have been copied',
      other: 'Something else happened',
    } satisfies Record<HistoryKind, string>,
  },
};
