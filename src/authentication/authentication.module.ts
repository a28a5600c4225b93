import { Module } from '@nestjs/common';
import { MailsModule } from '#mails/index.js';
import { OutboxModule } from '#platform/events/index.js';
import { SettingsModule } from '#settings/index.js';
import { UsersModule } from '#users/index.js';
import { GETTING_IN, GETTING_IN_PROVIDERS } from './getting-in.js';
import { Captchas } from './captcha/captchas.service.js';
import { KnownBrowserEndings } from './known-browser/known-browser-endings.js';
import { KnownBrowsersRepository } from './known-browser/known-browsers.repository.js';
import { KnownBrowsersService } from './known-browser/known-browsers.service.js';
import { LDAP_PROVIDERS, LDAP_SERVICES } from './ldap/ldap-providers.js';
import { PASSWORD_PROVIDERS, PASSWORD_SERVICES } from './password/password-providers.js';
import { PASSKEY_PROVIDERS, PASSKEY_SERVICES } from './passkey/passkey-providers.js';
import { PurgeAuthenticationJob } from './purge-authentication.job.js';
import { SignInFailures } from './sign-in-failures.service.js';
import { SignInMetrics } from './sign-in-metrics.js';
import { SECOND_FACTOR_PROVIDERS, SECOND_FACTOR_SERVICES } from './second-factors/second-factor-providers.js';
import { SprayAlarmsRepository } from './spray/spray-alarms.repository.js';
import { SprayDetector } from './spray/spray-detector.service.js';
import { SprayMarksRepository } from './spray/spray-marks.repository.js';
import { SetUpLinksRepository } from './set-up/set-up-links.repository.js';
import { SetUpLinks } from './set-up/set-up-links.service.js';
import { AttemptsService } from './throttling/attempts.service.js';
import { SignInLocks } from './throttling/sign-in-locks.service.js';
import { ThrottlesRepository } from './throttling/throttles.repository.js';
import { UpstreamFailures } from './upstream-failures.service.js';

const REPOSITORIES = [ThrottlesRepository, KnownBrowsersRepository, SetUpLinksRepository];

/** Proving who someone is: passwords, throttled attempts, the first administrator's link. */
@Module({
  imports: [UsersModule, SettingsModule, MailsModule, OutboxModule],
  providers: [
    ...REPOSITORIES,
    ...LDAP_PROVIDERS,
    ...PASSWORD_PROVIDERS,
    SignInMetrics,
    SignInFailures,
    UpstreamFailures,
    AttemptsService,
    SignInLocks,
    KnownBrowsersService,
    KnownBrowserEndings,
    SetUpLinks,
    ...SECOND_FACTOR_PROVIDERS,
    ...GETTING_IN_PROVIDERS,
    PurgeAuthenticationJob,
    ...PASSKEY_PROVIDERS,
    SprayDetector,
    Captchas,
    SprayMarksRepository,
    SprayAlarmsRepository,
  ],
  exports: [
    SignInLocks,
    ...LDAP_SERVICES,
    ...PASSWORD_SERVICES,
    KnownBrowsersService,
    SignInFailures,
    UpstreamFailures,
    SetUpLinks,
    ...PASSKEY_SERVICES,
    ...GETTING_IN,
    ...SECOND_FACTOR_SERVICES,
    Captchas,
    ...PASSKEY_SERVICES,
    ...GETTING_IN,
  ],
})
export class AuthenticationModule {}
