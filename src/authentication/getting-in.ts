import { EmailChanges } from './addresses/email-changes.service.js';
import { EmailVerifications } from './addresses/email-verifications.service.js';
import { InvitationMails } from './invitations/invitation-mails.service.js';
import { InvitationTimes } from './invitations/invitation-times.service.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { ActionLinkEndings } from './links/action-link-endings.js';
import { ActionLinksRepository } from './links/action-links.repository.js';
import { ActionLinks } from './links/action-links.service.js';
import { LinkMails } from './links/link-mails.service.js';
import { AccountRescues } from './notices/account-rescues.service.js';
import { DepartureNotices } from './notices/departure-notices.js';
import { FirstSignInsRepository } from './notices/first-sign-ins.repository.js';
import { NoticeMails } from './notices/notice-mails.service.js';
import { Notices } from './notices/notices.js';
import { PasswordResets } from './recovery/password-resets.service.js';
import { ResetMails } from './recovery/reset-mails.service.js';
import { AccountRequests } from './requests/account-requests.service.js';
import { NewAccounts } from './sign-up/new-accounts.service.js';
import { SignUpMails } from './sign-up/sign-up-mails.service.js';
import { SignUpRules } from './sign-up/sign-up-rules.service.js';
import { SignUps } from './sign-up/sign-ups.service.js';
import { MailThrottle } from './throttling/mail-throttle.js';

/** What other modules use of this. */
export const GETTING_IN = [
  ActionLinks,
  MailThrottle,
  AccountRequests,
  PasswordResets,
  EmailChanges,
  EmailVerifications,
  InvitationsService,
  SignUpRules,
  NewAccounts,
  AccountRescues,
];

/** All that serves people who cannot sign in yet, or not any more: links in mails, and what they are for. */
export const GETTING_IN_PROVIDERS = [
  ...GETTING_IN,
  ActionLinksRepository,
  ActionLinkEndings,
  LinkMails,
  ResetMails,
  NoticeMails,
  Notices,
  DepartureNotices,
  FirstSignInsRepository,
  InvitationsRepository,
  InvitationTimes,
  InvitationMails,
  SignUpMails,
  SignUps,
];
