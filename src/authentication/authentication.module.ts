import { Module } from '@nestjs/common';
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
import { SprayAlarmsRepository } from './spray/spray-alarms.repository.js';
import { SprayDetector } from './spray/spray-detector.service.js';
import { SprayMarksRepository } from './spray/spray-marks.repository.js';
import { SetUpLinksRepository } from './set-up/set-up-links.repository.js';
import { SetUpLinks } from './set-up/set-up-links.service.js';
import { AttemptsService } from './throttling/attempts.service.js';
import { ThrottlesRepository } from './throttling/throttles.repository.js';

const REPOSITORIES = [
  PasswordsRepository,
  ThrottlesRepository,
  KnownBrowsersRepository,
  SetUpLinksRepository,
  ActionLinksRepository,
];

/** Proving who someone is: passwords, throttled attempts, the first administrator's link. */
@Module({
  imports: [UsersModule, SettingsModule],
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
    PurgeAuthenticationJob,
    ...PASSKEY_PROVIDERS,
    SprayDetector,
    SprayMarksRepository,
    SprayAlarmsRepository,
  ],
  exports: [
    PasswordsService,
    PasswordAuthenticator,
    KnownBrowsersService,
    SignInFailures,
    SetUpLinks,
    ...PASSKEY_SERVICES,
    ActionLinks,
  ],
})
export class AuthenticationModule {}
