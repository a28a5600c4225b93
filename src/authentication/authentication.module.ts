import { Module } from '@nestjs/common';
import { MailsModule } from '#mails/index.js';
import { SettingsModule } from '#settings/index.js';
import { UsersModule } from '#users/index.js';
import { KnownBrowserEndings } from './known-browser/known-browser-endings.js';
import { KnownBrowsersRepository } from './known-browser/known-browsers.repository.js';
import { KnownBrowsersService } from './known-browser/known-browsers.service.js';
import { ActionLinkEndings } from './links/action-link-endings.js';
import { ActionLinks } from './links/action-links.service.js';
import { ActionLinksRepository } from './links/action-links.repository.js';
import { PasswordAuthenticator } from './password/password.authenticator.js';
import { PasswordsRepository } from './password/passwords.repository.js';
import { CommonPasswords } from './password/common-passwords.js';
import { LeakedPasswords } from './password/leaked-passwords.service.js';
import { PasswordRules } from './password/password-rules.service.js';
import { PasswordsService } from './password/passwords.service.js';
import { PASSKEY_PROVIDERS, PASSKEY_SERVICES } from './passkey/passkey-providers.js';
import { PurgeAuthenticationJob } from './purge-authentication.job.js';
import { SignInFailures } from './sign-in-failures.service.js';
import { SignInMetrics } from './sign-in-metrics.js';
import { AuthenticatorApps } from './second-factors/authenticator-apps.service.js';
import { FactorAttempts } from './second-factors/factor-attempts.service.js';
import { FactorNotices } from './second-factors/factor-notices.js';
import { FactorInventory } from './second-factors/factor-inventory.service.js';
import { MailCodesRepository } from './second-factors/mail-codes.repository.js';
import { MailCodes } from './second-factors/mail-codes.service.js';
import { RecoveryCodesRepository } from './second-factors/recovery-codes.repository.js';
import { RecoveryCodes } from './second-factors/recovery-codes.service.js';
import { RememberedBrowserEndings } from './second-factors/remembered-browser-endings.js';
import { RememberedBrowsersRepository } from './second-factors/remembered-browsers.repository.js';
import { RememberedBrowsers } from './second-factors/remembered-browsers.service.js';
import { SecondFactorAuthenticator } from './second-factors/second-factor.authenticator.js';
import { SecondFactorsRepository } from './second-factors/second-factors.repository.js';
import { SecondFactors } from './second-factors/second-factors.service.js';
import { SetUpLinksRepository } from './set-up/set-up-links.repository.js';
import { SetUpLinks } from './set-up/set-up-links.service.js';
import { AttemptsService } from './throttling/attempts.service.js';
import { ThrottlesRepository } from './throttling/throttles.repository.js';

const REPOSITORIES = [
  SecondFactorsRepository,
  RecoveryCodesRepository,
  MailCodesRepository,
  RememberedBrowsersRepository,
  PasswordsRepository,
  ThrottlesRepository,
  KnownBrowsersRepository,
  SetUpLinksRepository,
  ActionLinksRepository,
];

/** Proving who someone is: passwords, throttled attempts, the first administrator's link. */
@Module({
  imports: [UsersModule, SettingsModule, MailsModule],
  providers: [
    ...REPOSITORIES,
    CommonPasswords,
    LeakedPasswords,
    PasswordRules,
    PasswordsService,
    PasswordAuthenticator,
    SignInMetrics,
    SignInFailures,
    AttemptsService,
    KnownBrowsersService,
    KnownBrowserEndings,
    SetUpLinks,
    ActionLinks,
    ActionLinkEndings,
    AuthenticatorApps,
    FactorAttempts,
    FactorInventory,
    FactorNotices,
    MailCodes,
    RecoveryCodes,
    RememberedBrowsers,
    RememberedBrowserEndings,
    SecondFactorAuthenticator,
    SecondFactors,
    PurgeAuthenticationJob,
    ...PASSKEY_PROVIDERS,
  ],
  exports: [
    PasswordsService,
    PasswordAuthenticator,
    KnownBrowsersService,
    SignInFailures,
    SetUpLinks,
    ...PASSKEY_SERVICES,
    AuthenticatorApps,
    FactorInventory,
    MailCodes,
    RecoveryCodes,
    RememberedBrowsers,
    SecondFactorAuthenticator,
    SecondFactors,
    ActionLinks,
  ],
})
export class AuthenticationModule {}
