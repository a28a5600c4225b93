import { IsEmail, IsHexColor, IsIn, Matches, MaxLength } from 'class-validator';
import { Readable, variablesOf } from './environment-variable.decorator.js';
import { readIssuer } from './issuer.js';
import {
  readDatabaseUrl,
  readFlag,
  readHost,
  readNetworks,
  readNumber,
  readOnOff,
  readOutboundTargets,
  readPort,
  readSignUp,
  readUrl,
  readWorkers,
} from './readers.js';
import { readSecretKeys } from './secret-keys.js';
import { LOG_LEVELS } from './settings.js';

const Listening = variablesOf('Address and listening');
const Storage = variablesOf('Storage and secrets');
const FirstStart = variablesOf('First start');
const People = variablesOf('Mail, people and clients');
const Network = variablesOf('Network');
const Look = variablesOf('Look');
const Running = variablesOf('Processes and logs');

/** What `DRAIN_SECONDS` may be. */
export const LONGEST_DRAIN_SECONDS = 10;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** The environment as it comes: the variables of the service, all optional, all text; `Environment` adds some more. */
export class ServiceEnvironment {
  @Listening(
    'The public base URL of the service, a path allowed; it is the `iss` of every token.',
    'an https URL without query, fragment, user name or trailing slash (http for a development issuer)',
    { fallback: 'http://localhost:$PORT (https with TLS files)', example: 'https://login.example.com' },
  )
  @Readable(readIssuer)
  ISSUER?: string;

  @Listening('The port to listen on.', 'a port from 1 to 65535', { fallback: '3000' })
  @Readable(readPort)
  PORT?: string;

  @Listening('The address to listen on.', 'an address or a host name; 0.0.0.0 means every IPv4 address', {
    fallback: '127.0.0.1',
  })
  @Readable(readHost)
  HOST?: string;

  @Listening(
    'The certificate chain for https without a proxy in front.',
    'the path of a PEM file, together with TLS_KEY_FILE',
    { example: '/etc/gatehouse/tls.crt' },
  )
  TLS_CERT_FILE?: string;

  @Listening('The private key that belongs to TLS_CERT_FILE.', 'the path of a PEM file, together with TLS_CERT_FILE', {
    example: '/etc/gatehouse/tls.key',
  })
  TLS_KEY_FILE?: string;

  @Storage(
    'The folder of the embedded database and of the secrets that a development issuer makes.',
    'the path of a folder that the service may write to',
    { fallback: './data' },
  )
  DATA_DIR?: string;

  @Storage(
    'The database that holds all records.',
    'sqlite:<file>, mysql://user:password@host/database or mariadb://user:password@host/database',
    {
      fallback: 'sqlite:$DATA_DIR/gatehouse.sqlite',
      example: 'mariadb://gatehouse:password@db.internal/gatehouse',
      secret: true,
    },
  )
  @Readable(readDatabaseUrl)
  DATABASE_URL?: string;

  @Storage(
    'Whether a start brings the schema up to date, under a lease; without it a schema that is behind is refused.',
    'true or false',
    { fallback: 'true' },
  )
  @Readable(readFlag)
  MIGRATE_ON_START?: string;

  @Storage(
    'Shared rate limits and cache invalidation for several replicas; without it the database serves.',
    'a URL that begins with redis:// or rediss://',
    { example: 'redis://cache.internal:6379', secret: true, reserved: true },
  )
  @Readable(readUrl('redis', 'rediss'))
  REDIS_URL?: string;

  @Storage(
    'The keys that seal what must be readable again: the first seals, all open, replicas share them.',
    'a comma-separated list of keys, each made with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="',
    { fallback: 'made once in DATA_DIR (development only)', secret: true },
  )
  @Readable(readSecretKeys)
  SECRET_KEYS?: string;

  @FirstStart(
    'The e-mail address of the first administrator, who is then made without the set-up link.',
    'an e-mail address, together with ADMIN_PASSWORD',
    { example: 'admin@example.com' },
  )
  @IsEmail({}, { message: 'is not an e-mail address' })
  ADMIN_EMAIL?: string;

  @FirstStart(
    'The password of the first administrator.',
    'a password of at least 15 characters that is not a common one, together with ADMIN_EMAIL',
    { secret: true },
  )
  @MaxLength(1024, { message: 'is longer than 1024 characters' })
  ADMIN_PASSWORD?: string;

  @FirstStart(
    'The id of a client with every administration scope, for automation (client_credentials).',
    'up to 255 printable ASCII characters, together with ADMIN_CLIENT_SECRET',
    { example: 'automation' },
  )
  @Matches(PRINTABLE, { message: 'has characters other than printable ASCII' })
  @MaxLength(255, { message: 'is longer than 255 characters' })
  ADMIN_CLIENT_ID?: string;

  @FirstStart(
    'The secret of that client (client_secret_basic).',
    'at least 32 random printable ASCII characters, together with ADMIN_CLIENT_ID',
    { secret: true },
  )
  @Matches(PRINTABLE, { message: 'has characters other than printable ASCII' })
  @MaxLength(255, { message: 'is longer than 255 characters' })
  ADMIN_CLIENT_SECRET?: string;

  @FirstStart(
    'Resources, scopes, groups, users and clients to create or update at every start; nothing is deleted.',
    'the path of a .json, .yaml or .yml file',
    { example: '/etc/gatehouse/seed.yaml' },
  )
  @Matches(/\.(?:json|ya?ml)$/i, { message: 'does not end in .json, .yaml or .yml' })
  SEED_FILE?: string;

  @People(
    'The server that mails leave by; without it a development issuer shows them at /dev/mails, and any other sends none.',
    'a URL that begins with smtp:// or smtps://',
    { example: 'smtps://user:password@mail.example.com:465', secret: true },
  )
  @Readable(readUrl('smtp', 'smtps'))
  SMTP_URL?: string;

  @People('The sender of mails.', 'an e-mail address, also as: Name <address>', {
    fallback: 'no-reply@ the host of ISSUER',
    example: 'Example Login <no-reply@example.com>',
  })
  @IsEmail({ allow_display_name: true }, { message: 'is not an e-mail address' })
  MAIL_FROM?: string;

  @People(
    'Who may make an account without an administrator.',
    'off, invite, open, or a comma-separated list of e-mail domains',
    { fallback: 'off' },
  )
  @Readable(readSignUp)
  SIGN_UP?: string;

  @People(
    'Whether clients may register themselves: not at all, with an initial access token, or freely.',
    'off, token or open',
    { fallback: 'off' },
  )
  @IsIn(['off', 'token', 'open'], { message: 'is none of off, token and open' })
  CLIENT_REGISTRATION?: string;

  @People(
    'Whether pages of clients may ask whether their user is still signed in (OIDC Session Management).',
    'on or off',
    { fallback: 'off' },
  )
  @Readable(readOnOff)
  SESSION_MANAGEMENT?: string;

  @People('Whether PATCH and DELETE of the administration API need If-Match.', 'on or off', { fallback: 'off' })
  @Readable(readOnOff)
  ADMIN_REQUIRE_IF_MATCH?: string;

  @Network(
    'Private places that outgoing requests may reach.',
    'a comma-separated list of host:port, addresses and CIDR networks; no loopback ones on a production issuer',
    { example: 'jwks.internal:8443,10.20.0.0/16' },
  )
  @Readable(readOutboundTargets)
  OUTBOUND_ALLOW?: string;

  @Network(
    "Certificates that outgoing requests trust besides the system's.",
    'the path of a PEM file with certificates',
    { example: '/etc/gatehouse/company-ca.pem' },
  )
  OUTBOUND_CA_FILE?: string;

  @Network(
    'The proxies whose `X-Forwarded-*` headers and request ids count.',
    'a comma-separated list of addresses and CIDR networks',
    { example: '10.0.0.5,10.1.0.0/24' },
  )
  @Readable(readNetworks)
  TRUST_PROXY?: string;

  @Network(
    'A port of its own for /metrics; without it /metrics answers programs on this machine and bearers of metrics:read.',
    'a port from 1 to 65535 other than PORT',
    { example: '9464' },
  )
  @Readable(readPort)
  METRICS_PORT?: string;

  @Look('The name of the company on every page.', 'up to 80 characters', {
    fallback: 'Gatehouse',
    example: 'Example Corp',
  })
  @MaxLength(80, { message: 'is longer than 80 characters' })
  @Matches(/^[^\p{Cc}\p{Cf}]+$/u, { message: 'has control characters' })
  COMPANY_NAME?: string;

  @Look('The logo of the company on every page.', 'the path of an .svg, .png, .jpg or .webp file of at most 256 KiB', {
    example: '/etc/gatehouse/logo.svg',
  })
  @Matches(/\.(?:svg|png|jpe?g|webp)$/i, { message: 'does not end in .svg, .png, .jpg, .jpeg or .webp' })
  COMPANY_LOGO_FILE?: string;

  @Look('The accent colour of every page, made lighter or darker until its text can be read.', 'a colour as #rrggbb', {
    fallback: '#2b5fa8',
  })
  @IsHexColor({ message: 'is not a colour as #rrggbb' })
  @Matches(/^#.{6}$/, { message: 'is not a colour as #rrggbb' })
  COMPANY_COLOR?: string;

  @Running('How many processes share the port.', 'a whole number from 1 to 256, or auto for one per core', {
    fallback: '1',
  })
  @Readable(readWorkers)
  WORKERS?: string;

  @Running(
    'How long a process that was told to stop by SIGTERM answers on, while its readiness turns load balancers away.',
    `a whole number of seconds from 0 to ${LONGEST_DRAIN_SECONDS}`,
    { fallback: '5 on a production issuer, else 0' },
  )
  @Readable(readNumber(0, LONGEST_DRAIN_SECONDS))
  DRAIN_SECONDS?: string;

  @Running('How much is logged.', `one of ${LOG_LEVELS.join(', ')}`, { fallback: 'info' })
  @IsIn(LOG_LEVELS, { message: `is none of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL?: string;

  @Running('The form of the log: one JSON object a line, or lines for people.', 'json or pretty', {
    fallback: 'pretty on a terminal, else json',
  })
  @IsIn(['json', 'pretty'], { message: 'is neither json nor pretty' })
  LOG_FORMAT?: string;
}
