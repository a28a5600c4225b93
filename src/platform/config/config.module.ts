import { AuditStreamSettings } from './audit-stream-settings.js';
import { type DynamicModule, Module } from '@nestjs/common';
import { CaptchaSettings } from './captcha-settings.js';
import { PasskeySettings } from './passkey-settings.js';
import { PasswordSettings } from './password-settings.js';
import { RegistrationSettings } from './registration-settings.js';
import {
  BootstrapSettings,
  BrandingSettings,
  CacheSettings,
  DatabaseSettings,
  FeatureSettings,
  IssuerSettings,
  LogSettings,
  MailSettings,
  OutboundSettings,
  PlaceSettings,
  RetentionSettings,
  SecretSettings,
  ServerSettings,
  Settings,
  TokenLifetimes,
} from './settings.js';

/** Offers every part of the settings by its class, to every module. */
@Module({})
export class ConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    const providers = [
      { provide: Settings, useValue: settings },
      { provide: IssuerSettings, useValue: settings.issuer },
      { provide: ServerSettings, useValue: settings.server },
      { provide: DatabaseSettings, useValue: settings.database },
      { provide: SecretSettings, useValue: settings.secrets },
      { provide: BootstrapSettings, useValue: settings.bootstrap },
      { provide: MailSettings, useValue: settings.mail },
      { provide: FeatureSettings, useValue: settings.features },
      { provide: RegistrationSettings, useValue: settings.registration },
      { provide: PasskeySettings, useValue: settings.passkeys },
      { provide: CaptchaSettings, useValue: settings.captcha },
      { provide: PasswordSettings, useValue: settings.passwords },
      { provide: OutboundSettings, useValue: settings.outbound },
      { provide: RetentionSettings, useValue: settings.retention },
      { provide: AuditStreamSettings, useValue: settings.auditStream },
      { provide: CacheSettings, useValue: settings.cache },
      { provide: BrandingSettings, useValue: settings.branding },
      { provide: PlaceSettings, useValue: settings.places },
      { provide: LogSettings, useValue: settings.log },
      { provide: TokenLifetimes, useValue: settings.lifetimes },
    ];
    return { module: ConfigModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
