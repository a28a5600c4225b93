import type { AuditStreamSettings } from './audit-stream-settings.js';
import { environmentVariables } from './environment-variable.decorator.js';
import { shownCaptcha } from './captcha-settings.js';
import { shownPasskeys } from './passkey-settings.js';
import { shownPasswords } from './password-settings.js';
import { shownRegistration } from './registration-settings.js';
import { shownTracing } from './tracing-settings.js';
import type { OutboundTarget, Settings, SignUp } from './settings.js';

/** One setting as it holds now, fit to be shown: secrets are masked. */
export interface EffectiveSetting {
  readonly name: string;
  /** Empty when there is none. */
  readonly value: string;
  readonly from: 'environment' | 'default';
}

const MASK = '********';

/** Every setting as it holds now, for `gatehouse settings`; no secret is in it. */
export function effectiveSettings(settings: Settings): EffectiveSetting[] {
  const values = shown(settings);
  return environmentVariables().map(({ name }) => ({
    name,
    value: values[name] ?? '',
    from: settings.given.has(name) ? 'environment' : 'default',
  }));
}

function shown(settings: Settings): Readonly<Record<string, string | undefined>> {
  const { issuer, server, database, secrets, bootstrap, mail, features, outbound, cache, branding, log } = settings;
  return {
    ISSUER: issuer.issuer,
    PORT: String(server.port),
    HOST: server.host,
    TLS_CERT_FILE: server.tls?.certFile,
    TLS_KEY_FILE: server.tls?.keyFile,
    DATA_DIR: database.dataDir,
    DATABASE_URL: maskedUrl(database.url),
    MIGRATE_ON_START: String(database.migrateOnStart),
    REDIS_URL: maskedUrl(cache.redisUrl),
    SECRET_KEYS: secrets.keys.map(() => MASK).join(','),
    ADMIN_EMAIL: bootstrap.adminEmail,
    ADMIN_PASSWORD: masked(bootstrap.adminPassword),
    ADMIN_CLIENT_ID: bootstrap.adminClientId,
    ADMIN_CLIENT_SECRET: masked(bootstrap.adminClientSecret),
    SEED_FILE: bootstrap.seedFile,
    SMTP_URL: maskedUrl(mail.smtpUrl),
    MAIL_FROM: mail.from,
    SIGN_UP: signUp(features.signUp),
    CLIENT_REGISTRATION: features.clientRegistration,
    SESSION_MANAGEMENT: features.sessionManagement ? 'on' : 'off',
    ADMIN_REQUIRE_IF_MATCH: features.requireIfMatch ? 'on' : 'off',
    OUTBOUND_ALLOW: outbound.allow.map(outboundTarget).join(','),
    OUTBOUND_CA_FILE: outbound.caFile,
    TRUST_PROXY: server.trustProxy.join(','),
    METRICS_PORT: server.metricsPort?.toString(),
    COMPANY_NAME: branding.companyName,
    COMPANY_LOGO_FILE: branding.logoFile,
    COMPANY_COLOR: branding.color,
    WORKERS: String(server.workers),
    DRAIN_SECONDS: String(server.drainSeconds),
    LOG_LEVEL: log.level,
    LOG_FORMAT: log.format,
    ...shownFeatures(settings),
  };
}

function shownFeatures(settings: Settings): Readonly<Record<string, string | undefined>> {
  return {
    ...shownExtent(settings),
    ...shownRegistration(settings.registration),
    ...shownPasskeys(settings.passkeys),
    ...shownCaptcha(settings.captcha),
    ...shownPasswords(settings.passwords),
    ...shownTracing(settings.tracing),
  };
}

function shownExtent({
  server,
  retention,
  places,
  auditStream,
}: Settings): Readonly<Record<string, string | undefined>> {
  return {
    EXTENSIONS: server.extensions.join(','),
    AUDIT_RETENTION_DAYS: String(retention.auditDays),
    CONSENT_RECEIPT_DAYS: String(retention.receiptDays),
    CLAIM_DISCLOSURE_DAYS: String(retention.disclosureDays),
    AUDIT_FILE: auditStream.file,
    AUDIT_SYSLOG_URL: shownSyslog(auditStream),
    GEOIP_FILE: places.file,
  };
}

function shownSyslog({ syslog }: AuditStreamSettings): string | undefined {
  if (syslog === undefined) return undefined;
  const host = syslog.host.includes(':') ? `[${syslog.host}]` : syslog.host;
  return `${syslog.transport}://${host}:${syslog.port}`;
}

function masked(secret: string | undefined): string | undefined {
  return secret === undefined ? undefined : MASK;
}

// A password may also hide in the query, so that goes as well.
function maskedUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.startsWith('sqlite:')) return text;
  const url = new URL(text);
  if (url.password !== '') url.password = MASK;
  if (url.search !== '') url.search = MASK;
  return url.href;
}

function signUp(setting: SignUp): string {
  return setting.mode === 'domains' ? setting.domains.join(',') : setting.mode;
}

function outboundTarget(target: OutboundTarget): string {
  if (target.kind === 'network') return target.network;
  return `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
}
