import { AuditStreamSettings } from './audit-stream-settings.js';
import { readSyslogTarget } from './syslog-target.js';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Environment } from './registration-environment.dto.js';
import { environmentVariables, type Reading } from './environment-variable.decorator.js';
import { defaultIssuer, readIssuer } from './issuer.js';
import { judgeEach, judgeFiles, judgePairs, Problems } from './problems.js';
import { captchaOf } from './captcha-environment.dto.js';
import { passkeysOf } from './passkey-environment.dto.js';
import { passwordsOf } from './password-environment.dto.js';
import { judgeSafety } from './production-rules.js';
import { elements, readFlag, readOnOff, readOutboundTargets, readPort, readSignUp, readWorkers } from './readers.js';
import { keysOfDevelopment, readSecretKeys } from './secret-keys.js';
import { registrationOf } from './load-registration-settings.js';
import { SettingsError } from './settings-error.js';
import { tracingOf } from './tracing-environment.dto.js';
import {
  BootstrapSettings,
  BrandingSettings,
  CacheSettings,
  DatabaseSettings,
  FeatureSettings,
  type IssuerKind,
  type IssuerSettings,
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

/** In production as long as a load balancer that asks every two seconds needs to hear it twice. */
const DRAIN_SECONDS: Readonly<Record<IssuerKind, number>> = { development: 0, test: 0, production: 5 };

/** What besides the environment decides a default. */
export interface LoadOptions {
  /** Whether a person watches the log; by default whether standard output is a terminal. */
  readonly terminal?: boolean;
}

/** Turns the environment into settings, or throws a `SettingsError` that names every problem at once. */
export function loadSettings(env: NodeJS.ProcessEnv, options: LoadOptions = {}): Settings {
  const environment = given(env);
  const problems = new Problems();
  judgeEach(environment, problems);
  judgePairs(environment, problems);
  judgeFiles(environment, problems);
  const issuer = issuerOf(environment, problems);
  if (issuer !== undefined) judgeSafety(environment, issuer.kind, problems);
  judgeTogether(environment, issuer, problems);
  const secrets = secretsOf(environment, issuer, problems);
  if (issuer === undefined || secrets === undefined || problems.list().length > 0) {
    throw new SettingsError(problems.list());
  }
  return settingsOf(environment, { issuer, secrets, terminal: options.terminal ?? process.stdout.isTTY });
}

// An empty variable is how many tools write an absent one.
function given(env: NodeJS.ProcessEnv): Environment {
  const environment = new Environment();
  for (const { name } of environmentVariables()) {
    const value = env[name];
    if (value !== undefined && value !== '') Object.assign(environment, { [name]: value });
  }
  return environment;
}

function issuerOf(environment: Environment, problems: Problems): IssuerSettings | undefined {
  if (problems.has('ISSUER') || (environment.ISSUER === undefined && problems.has('PORT'))) return undefined;
  const issuer = environment.ISSUER ?? defaultIssuer(portOf(environment), environment.TLS_CERT_FILE !== undefined);
  const reading = readIssuer(issuer);
  return reading.ok ? reading.value : undefined;
}

function judgeTogether(environment: Environment, issuer: IssuerSettings | undefined, problems: Problems): void {
  const { METRICS_PORT: metricsPort, WORKERS: workers, DATABASE_URL: database, TLS_CERT_FILE: cert } = environment;
  if (metricsPort !== undefined && metricsPort === String(portOf(environment))) {
    problems.add('METRICS_PORT', 'is the same as PORT');
  }
  if (workers !== undefined && workers !== '1' && database === 'sqlite::memory:') {
    problems.add('WORKERS', 'asks for processes that could not share a database in memory', 'Set it to 1.');
  }
  if (cert !== undefined && issuer?.secure === false) {
    problems.add('ISSUER', 'is http although TLS_CERT_FILE is set', 'Begin it with https://.');
  }
}

function secretsOf(environment: Environment, issuer: IssuerSettings | undefined, problems: Problems) {
  const { SECRET_KEYS: text } = environment;
  if (text === undefined && issuer?.kind !== 'development') return undefined;
  // Nothing is written while anything else is wrong.
  if (text === undefined && problems.list().length > 0) return undefined;
  const keys = text === undefined ? keysOfDevelopment(dataDirOf(environment)) : readSecretKeys(text);
  if (keys.ok) return new SecretSettings({ keys: keys.value });
  if (text === undefined) problems.add('SECRET_KEYS', keys.problem, 'Set it, or make DATA_DIR writable.');
  return undefined;
}

interface Decided {
  readonly issuer: IssuerSettings;
  readonly secrets: SecretSettings;
  readonly terminal: boolean;
}

function settingsOf(environment: Environment, { issuer, secrets, terminal }: Decided): Settings {
  return new Settings({
    issuer,
    secrets,
    server: serverOf(environment, issuer.kind),
    database: databaseOf(environment),
    bootstrap: bootstrapOf(environment),
    mail: mailOf(environment, issuer),
    features: featuresOf(environment),
    registration: registrationOf(environment),
    passkeys: passkeysOf(environment),
    captcha: captchaOf(environment),
    passwords: passwordsOf(environment),
    outbound: outboundOf(environment),
    retention: new RetentionSettings({
      auditDays: Number(environment.AUDIT_RETENTION_DAYS ?? '400'),
      receiptDays: Number(environment.CONSENT_RECEIPT_DAYS ?? '1095'),
      disclosureDays: Number(environment.CLAIM_DISCLOSURE_DAYS ?? '1095'),
    }),
    auditStream: auditStreamOf(environment),
    cache: new CacheSettings({ ...optional('redisUrl', environment.REDIS_URL) }),
    branding: brandingOf(environment),
    places: new PlaceSettings({ ...optional('file', environment.GEOIP_FILE) }),
    log: logOf(environment, terminal),
    tracing: tracingOf(environment),
    lifetimes: new TokenLifetimes(),
    given: new Set(Object.entries(environment).flatMap(([name, given]) => (given === undefined ? [] : [name]))),
  });
}

function serverOf(environment: Environment, kind: IssuerKind): ServerSettings {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, WORKERS: workers = '1' } = environment;
  const wanted = value(readWorkers(workers));
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined;
  const { METRICS_PORT: metricsPort, TRUST_PROXY: proxies } = environment;
  return new ServerSettings({
    host: environment.HOST ?? '127.0.0.1',
    port: portOf(environment),
    trustProxy: proxies === undefined ? [] : elements(proxies),
    extensions: environment.EXTENSIONS === undefined ? [] : elements(environment.EXTENSIONS),
    workers: wanted === 'auto' ? availableParallelism() : wanted,
    drainSeconds: drainOf(environment, kind),
    ...optional('tls', tls),
    ...optional('metricsPort', metricsPort === undefined ? undefined : Number(metricsPort)),
  });
}

function drainOf({ DRAIN_SECONDS: seconds }: Environment, kind: IssuerKind): number {
  return seconds === undefined ? DRAIN_SECONDS[kind] : Number(seconds);
}

function databaseOf(environment: Environment): DatabaseSettings {
  const dataDir = dataDirOf(environment);
  const url = environment.DATABASE_URL ?? `sqlite:${join(dataDir, 'gatehouse.sqlite')}`;
  return new DatabaseSettings({
    url,
    dataDir,
    migrateOnStart: value(readFlag(environment.MIGRATE_ON_START ?? 'true')),
  });
}

function bootstrapOf(environment: Environment): BootstrapSettings {
  return new BootstrapSettings({
    ...optional('adminEmail', environment.ADMIN_EMAIL),
    ...optional('adminPassword', environment.ADMIN_PASSWORD),
    ...optional('adminClientId', environment.ADMIN_CLIENT_ID),
    ...optional('adminClientSecret', environment.ADMIN_CLIENT_SECRET),
    ...optional('seedFile', environment.SEED_FILE),
  });
}

function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from }: Environment, issuer: IssuerSettings): MailSettings {
  return new MailSettings({
    from: from ?? `no-reply@${new URL(issuer.issuer).hostname}`,
    enabled: smtpUrl !== undefined || issuer.kind === 'development',
    ...optional('smtpUrl', smtpUrl),
  });
}

function featuresOf(environment: Environment): FeatureSettings {
  const registration = (environment.CLIENT_REGISTRATION ?? 'off') as FeatureSettings['clientRegistration'];
  return new FeatureSettings({
    signUp: value(readSignUp(environment.SIGN_UP ?? 'off')),
    clientRegistration: registration,
    sessionManagement: value(readOnOff(environment.SESSION_MANAGEMENT ?? 'off')),
    requireIfMatch: value(readOnOff(environment.ADMIN_REQUIRE_IF_MATCH ?? 'off')),
  });
}

function outboundOf({ OUTBOUND_ALLOW: allow, OUTBOUND_CA_FILE: caFile }: Environment): OutboundSettings {
  const targets = allow === undefined ? [] : value(readOutboundTargets(allow));
  return new OutboundSettings({ allow: targets, ...optional('caFile', caFile) });
}

function auditStreamOf({ AUDIT_FILE: file, AUDIT_SYSLOG_URL: url }: Environment): AuditStreamSettings {
  const syslog = url === undefined ? undefined : value(readSyslogTarget(url));
  return new AuditStreamSettings({ ...optional('file', file), ...(syslog && { syslog }) });
}

function brandingOf(environment: Environment): BrandingSettings {
  return new BrandingSettings({
    companyName: environment.COMPANY_NAME ?? 'Gatehouse',
    color: (environment.COMPANY_COLOR ?? '#2b5fa8').toLowerCase(),
    ...optional('logoFile', environment.COMPANY_LOGO_FILE),
  });
}

function logOf({ LOG_LEVEL: level, LOG_FORMAT: format }: Environment, terminal: boolean): LogSettings {
  return new LogSettings({
    level: (level ?? 'info') as LogSettings['level'],
    format: (format ?? (terminal ? 'pretty' : 'json')) as LogSettings['format'],
  });
}

function portOf({ PORT: port }: Environment): number {
  const reading = readPort(port ?? '3000');
  return reading.ok ? reading.value : 3000;
}

function dataDirOf({ DATA_DIR: dataDir }: Environment): string {
  return resolve(dataDir ?? './data');
}

function optional<K extends string, V>(name: K, given: V | undefined): { readonly [P in K]?: V } {
  return (given === undefined ? {} : { [name]: given }) as { readonly [P in K]?: V };
}

function value<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(`a value that was accepted cannot be read: ${reading.problem}`);
  return reading.value;
}
