import { FirstSignInEntity } from './notices/first-sign-in.entity.js';
import { InvitationEntity } from './invitations/invitation.entity.js';
import { ActionLinkEntity } from './links/action-link.entity.js';
import { KnownBrowserEntity } from './known-browser/known-browser.entity.js';
import { DirectoryAccountEntity } from './ldap/directory-account.entity.js';
import { DirectoryEntity } from './ldap/directory.entity.js';
import { ForeignHashKeyEntity } from './password/foreign-hash-key.entity.js';
import { PasswordEntity } from './password/password.entity.js';
import { PasskeyEntity } from './passkey/passkey.entity.js';
import { UsedPasskeyChallengeEntity } from './passkey/used-passkey-challenge.entity.js';
import { MailCodeEntity } from './second-factors/mail-code.entity.js';
import { RecoveryCodeEntity } from './second-factors/recovery-code.entity.js';
import { RememberedBrowserEntity } from './second-factors/remembered-browser.entity.js';
import { SecondFactorEntity } from './second-factors/second-factor.entity.js';
import { SprayAlarmEntity } from './spray/spray-alarm.entity.js';
import { SprayMarkEntity } from './spray/spray-mark.entity.js';
import { SetUpLinkEntity } from './set-up/set-up-link.entity.js';
import { SignInThrottleEntity } from './throttling/throttle.entity.js';

export { isAttainable, meets, statedAcr, type AcrRequest } from './acr-request.js';
export { assurance, type Acr } from './assurance.js';
export type { AuthenticationResult } from './authentication.js';
export { AuthenticationModule } from './authentication.module.js';
export { EmailChanges, type EmailChange } from './addresses/email-changes.service.js';
export { EmailVerifications } from './addresses/email-verifications.service.js';
export { INVITATION_STATUSES, type Invitation, type InvitationInput } from './invitations/invitation.js';
export {
  InvitationsService,
  type InvitationCreation,
  type InvitationRenewal,
} from './invitations/invitations.service.js';
export { AccountRescues } from './notices/account-rescues.service.js';
export { PasswordResets, type OpenReset } from './recovery/password-resets.service.js';
export { AccountRequests } from './requests/account-requests.service.js';
export {
  NewAccounts,
  type AccountOffer,
  type AccountOutcome,
  type AccountWish,
  type SignUpTicket,
} from './sign-up/new-accounts.service.js';
export { SignUpRules } from './sign-up/sign-up-rules.service.js';
export { SignInLocks } from './throttling/sign-in-locks.service.js';
export { MailThrottle } from './throttling/mail-throttle.js';
export { ActionLinks } from './links/action-links.service.js';
export type { ActionLink, ActionLinkPurpose, NewActionLink } from './links/action-link.js';
export {
  PasswordAuthenticator,
  type PasswordAttempt,
  type PasswordOutcome,
} from './password/password.authenticator.js';
export { DirectorySignIns } from './ldap/directory-sign-ins.service.js';
export { DirectoriesService, type DirectoryOutcome } from './ldap/directories.service.js';
export {
  DIRECTORY_PRESETS,
  GROUP_FILTER,
  PRESET_DEFAULTS,
  type Directory,
  type DirectoryChoices,
} from './ldap/directory.js';
export { MIN_PASSWORD_LENGTH, type PasswordOrigin } from './password/password-length.js';
export { MAX_PASSWORD_LENGTH, type PasswordOwner, type PasswordProblem } from './password/password-policy.js';
export { PasswordsService, type PreparedPassword } from './password/passwords.service.js';
export { KnownBrowsersService } from './known-browser/known-browsers.service.js';
export { Captchas, type CaptchaQuestion } from './captcha/captchas.service.js';
export { PasskeyAuthenticator, type PasskeyAttempt, type PasskeyOutcome } from './passkey/passkey.authenticator.js';
export { PasskeyCeremonies } from './passkey/passkey-ceremonies.js';
export { passkeyName } from './passkey/passkey-name.js';
export {
  PasskeyRegistrations,
  type NewPasskey,
  type PasskeyRegistration,
} from './passkey/passkey-registrations.service.js';
export { PasskeysService, type Passkey } from './passkey/passkeys.service.js';
export { RelyingParty } from './passkey/relying-party.js';
export { AuthenticatorApps, type AppAddition } from './second-factors/authenticator-apps.service.js';
export { CodeMails } from './second-factors/code-mails.service.js';
export { appName } from './second-factors/app-name.js';
export { amrOf, FEDERATED, MAILBOX, REMEMBERED } from './second-factors/factor-kinds.js';
export { isFresh } from './second-factors/freshness.js';
export { FactorInventory } from './second-factors/factor-inventory.service.js';
export { KeptFactors, type KeptFactor } from './second-factors/kept-factors.service.js';
export { MailCodes } from './second-factors/mail-codes.service.js';
export { RecoveryCodes, type RecoveryCodeSet } from './second-factors/recovery-codes.service.js';
export { RememberedBrowsers, type RememberedBrowser } from './second-factors/remembered-browsers.service.js';
export { SecondFactorAuthenticator, type FactorOutcome } from './second-factors/second-factor.authenticator.js';
export { fulfils, provenKinds, secondFactorNeed, type SecondFactorNeed } from './second-factors/second-factor-need.js';
export {
  strictestPolicy,
  type SecondFactorPolicy,
  type SecondFactorWish,
} from './second-factors/second-factor-policy.js';
export { SecondFactors, type SecondFactor } from './second-factors/second-factors.service.js';
export { keyUri } from './second-factors/totp.js';
export { ATTAINABLE_ACR_VALUES } from './sign-in-methods.js';
export { UpstreamFailures, type RefusedUpstream } from './upstream-failures.service.js';
export { SetUpLinks } from './set-up/set-up-links.service.js';

/** The entities of this module, for the list in schema.ts. */
export const AUTHENTICATION_ENTITIES = [
  PasswordEntity,
  ForeignHashKeyEntity,
  DirectoryEntity,
  DirectoryAccountEntity,
  SignInThrottleEntity,
  KnownBrowserEntity,
  SetUpLinkEntity,
  PasskeyEntity,
  UsedPasskeyChallengeEntity,
  SprayMarkEntity,
  SprayAlarmEntity,
  ActionLinkEntity,
  SecondFactorEntity,
  RecoveryCodeEntity,
  MailCodeEntity,
  RememberedBrowserEntity,
  InvitationEntity,
  FirstSignInEntity,
] as const;
