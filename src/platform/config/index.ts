export { ConfigModule } from './config.module.js';
export { environmentVariables, type EnvironmentVariable } from './environment-variable.decorator.js';
export { openPlaceDatabase } from './place-database.js';
export { loadSettings, type LoadOptions } from './load-settings.js';
export { AuditStreamSettings, type SyslogTarget } from './audit-stream-settings.js';
export { CaptchaSettings, type CaptchaProvider } from './captcha-settings.js';
export { PasskeySettings } from './passkey-settings.js';
export { PasswordSettings } from './password-settings.js';
export { RegistrationSettings, type StatementIssuer } from './registration-settings.js';
export { type SamplerName, tracesUrl, TracingSettings } from './tracing-settings.js';
export { trustedCertificates } from './trusted-certificates.js';
export { SettingsError, type SettingsProblem } from './settings-error.js';
export { type EffectiveSetting, effectiveSettings } from './effective-settings.js';
export {
  BootstrapSettings,
  BrandingSettings,
  DatabaseSettings,
  FeatureSettings,
  type IssuerKind,
  IssuerSettings,
  LogSettings,
  MailSettings,
  OutboundSettings,
  type OutboundTarget,
  PlaceSettings,
  RetentionSettings,
  SecretSettings,
  ServerSettings,
  Settings,
  type SignUp,
  type TlsFiles,
  TokenLifetimes,
} from './settings.js';
