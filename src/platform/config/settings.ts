import type { AuditStreamSettings } from './audit-stream-settings.js';
import type { CaptchaSettings } from './captcha-settings.js';
import type { PasskeySettings } from './passkey-settings.js';
import type { PasswordSettings } from './password-settings.js';
import type { RegistrationSettings } from './registration-settings.js';
import type { TracingSettings } from './tracing-settings.js';

/** What an issuer's host says about how strict the service must be. */
export type IssuerKind = 'development' | 'test' | 'production';

type Values<T> = {
  readonly [K in keyof T as T[K] extends (...values: never[]) => unknown ? never : K]: T[K];
};

function freezeInto(part: object, values: object): void {
  Object.assign(part, values);
  Object.freeze(part);
}

/** Who this service says it is, and the addresses that follow from it. */
export class IssuerSettings {
  declare readonly issuer: string;
  declare readonly kind: IssuerKind;
  /** Whether the issuer is https, which decides cookies and HSTS. */
  declare readonly secure: boolean;
  /** The origin of the issuer, as browsers send it in `Origin`. */
  declare readonly origin: string;
  /** Empty, or `/path` without a trailing slash. */
  declare readonly basePath: string;

  constructor(values: Values<IssuerSettings>) {
    freezeInto(this, values);
  }

  /** The public URL of one of our paths. */
  url(path: string): string {
    return this.issuer + path;
  }

  /** One of our paths as a browser must ask for it: below the issuer's own path. */
  path(path: string): string {
    return this.basePath + path;
  }
}

/** A certificate chain and its key, as PEM, and the files they came from. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Where the service listens, and whose forwarded headers it believes. */
export class ServerSettings {
  declare readonly host: string;
  declare readonly port: number;
  declare readonly trustProxy: readonly string[];
  declare readonly tls?: TlsFiles;
  declare readonly workers: number;
  /** How long a process goes on once it was told to stop, so that load balancers notice. */
  declare readonly drainSeconds: number;
  declare readonly metricsPort?: number;
  /** The files of the modules that extend the service. */
  declare readonly extensions: readonly string[];

  constructor(values: Values<ServerSettings>) {
    freezeInto(this, values);
  }
}

/** Which database holds the records. */
export class DatabaseSettings {
  declare readonly url: string;
  declare readonly dataDir: string;
  declare readonly migrateOnStart: boolean;

  constructor(values: Values<DatabaseSettings>) {
    freezeInto(this, values);
  }
}

/** The keys that seal what must be readable again; the first seals, all open. */
export class SecretSettings {
  declare readonly keys: readonly Buffer[];

  constructor(values: Values<SecretSettings>) {
    freezeInto(this, values);
  }
}

/** What is made at the first start, so that nobody has to click. */
export class BootstrapSettings {
  declare readonly adminEmail?: string;
  declare readonly adminPassword?: string;
  declare readonly adminClientId?: string;
  declare readonly adminClientSecret?: string;
  declare readonly seedFile?: string;

  constructor(values: Values<BootstrapSettings>) {
    freezeInto(this, values);
  }
}

/** How mails leave, or whether they can leave at all. */
export class MailSettings {
  declare readonly smtpUrl?: string;
  declare readonly from: string;
  /** Whether mails reach anyone: by SMTP, or shown on a development issuer. */
  declare readonly enabled: boolean;

  constructor(values: Values<MailSettings>) {
    freezeInto(this, values);
  }
}

/** Who may make an account without an administrator. */
export type SignUp = { readonly mode: 'off' | 'invite' | 'open' } | SignUpByDomain;

/** Sign-up for everybody with an address in one of the domains. */
export interface SignUpByDomain {
  readonly mode: 'domains';
  readonly domains: readonly string[];
}

/** Parts of the product that an operator switches on. */
export class FeatureSettings {
  declare readonly signUp: SignUp;
  declare readonly clientRegistration: 'off' | 'token' | 'open';
  declare readonly sessionManagement: boolean;
  /** Whether a change over the administration API must say which version it is of. */
  declare readonly requireIfMatch: boolean;

  constructor(values: Values<FeatureSettings>) {
    freezeInto(this, values);
  }
}

/** One place that outgoing requests may reach although it is private. */
export type OutboundTarget =
  | { readonly kind: 'host'; readonly host: string; readonly port: number }
  | { readonly kind: 'network'; readonly network: string };

/** Where outgoing requests may go, and which certificates they trust. */
export class OutboundSettings {
  declare readonly allow: readonly OutboundTarget[];
  declare readonly caFile?: string;

  constructor(values: Values<OutboundSettings>) {
    freezeInto(this, values);
  }
}

/** How long what happened is kept. */
export class RetentionSettings {
  declare readonly auditDays: number;
  /** Beyond the end of what was allowed. */
  declare readonly receiptDays: number;
  /** After something was last said of a user to a client. */
  declare readonly disclosureDays: number;

  constructor(values: Values<RetentionSettings>) {
    freezeInto(this, values);
  }
}

/** Where several replicas share what is short-lived. */
export class CacheSettings {
  declare readonly redisUrl?: string;

  constructor(values: Values<CacheSettings>) {
    freezeInto(this, values);
  }
}

/** Where it is looked up in which place a network address is. */
export class PlaceSettings {
  /** A database in the MaxMind DB format; no place is known without. */
  declare readonly file?: string;

  constructor(values: Values<PlaceSettings>) {
    freezeInto(this, values);
  }
}

/** The company's own look. */
export class BrandingSettings {
  declare readonly companyName: string;
  declare readonly logoFile?: string;
  /** `#rrggbb`, lower case. */
  declare readonly color: string;

  constructor(values: Values<BrandingSettings>) {
    freezeInto(this, values);
  }
}

/** The levels of `LOG_LEVEL`, the loudest last. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** How much is logged, and in which form. */
export class LogSettings {
  declare readonly level: (typeof LOG_LEVELS)[number];
  declare readonly format: 'json' | 'pretty';

  constructor(values: Values<LogSettings>) {
    freezeInto(this, values);
  }
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long things live, in seconds, where a client's record says nothing else. */
export class TokenLifetimes {
  readonly authorizationCode: number = MINUTE;
  readonly accessToken: number = 10 * MINUTE;
  readonly idToken: number = 10 * MINUTE;
  readonly refreshTokenIdle: number = 30 * DAY;
  readonly refreshTokenAbsolute: number = 90 * DAY;
  readonly refreshReplayWindow: number = 10;
  readonly interactionIdle: number = 30 * MINUTE;
  readonly sessionIdle: number = 8 * HOUR;
  readonly sessionAbsolute: number = 7 * DAY;
  readonly setUpLink: number = DAY;
  /** How old the keys may be that a client publishes at its jwks_uri. */
  readonly publishedKeys: number = 10 * MINUTE;
  /** How long after asking for them they are not asked for again, whatever came of it. */
  readonly publishedKeysRetry: number = 30;

  constructor() {
    Object.freeze(this);
  }
}

/** Everything the environment decided, checked and frozen. */
export class Settings {
  declare readonly issuer: IssuerSettings;
  declare readonly server: ServerSettings;
  declare readonly database: DatabaseSettings;
  declare readonly secrets: SecretSettings;
  declare readonly bootstrap: BootstrapSettings;
  declare readonly mail: MailSettings;
  declare readonly features: FeatureSettings;
  declare readonly registration: RegistrationSettings;
  declare readonly passkeys: PasskeySettings;
  declare readonly captcha: CaptchaSettings;
  declare readonly passwords: PasswordSettings;
  declare readonly outbound: OutboundSettings;
  declare readonly retention: RetentionSettings;
  declare readonly auditStream: AuditStreamSettings;
  declare readonly cache: CacheSettings;
  declare readonly branding: BrandingSettings;
  declare readonly places: PlaceSettings;
  declare readonly log: LogSettings;
  declare readonly tracing: TracingSettings;
  declare readonly lifetimes: TokenLifetimes;
  /** The names that the environment gave a value; the others have their defaults. */
  declare readonly given: ReadonlySet<string>;

  constructor(values: Values<Settings>) {
    freezeInto(this, values);
  }
}
