import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentVariables } from './environment-variable.decorator.js';
import { effectiveSettings } from './effective-settings.js';
import { loadSettings } from './load-settings.js';
import { SettingsError, type SettingsProblem } from './settings-error.js';

const KEY = 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE';
const OTHER_KEY = 'Zk8Qm1Xw5Rb3Tn7Vc0Ls9Pd2Gf6Hj4KaYe1UiOo_-rM';
const PRODUCTION = { ISSUER: 'https://login.example.com', SECRET_KEYS: KEY };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function load(env: NodeJS.ProcessEnv) {
  return loadSettings({ DATA_DIR: join(folder, 'data'), ...env }, { terminal: false });
}

function problems(env: NodeJS.ProcessEnv): readonly SettingsProblem[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('the defaults', () => {
  it('make a development issuer on this machine with an embedded database', () => {
    const settings = load({});
    expect(settings.issuer).toMatchObject({ issuer: 'http://localhost:3000', kind: 'development', secure: false });
    expect(settings.server).toMatchObject({ host: '127.0.0.1', port: 3000, trustProxy: [], workers: 1 });
    expect(settings.database).toMatchObject({
      url: `sqlite:${join(folder, 'data', 'gatehouse.sqlite')}`,
      migrateOnStart: true,
    });
    expect(settings.features).toEqual({
      signUp: { mode: 'off' },
      clientRegistration: 'off',
      sessionManagement: false,
      requireIfMatch: false,
    });
    expect(settings.log).toEqual({ level: 'info', format: 'json' });
    expect(settings.mail).toEqual({ from: 'no-reply@localhost', enabled: true });
    expect(settings.given).toEqual(new Set(['DATA_DIR']));
  });

  it('follow the port and the TLS files', () => {
    expect(load({ PORT: '8080' }).issuer.issuer).toBe('http://localhost:8080');
    expect(load({ PORT: '80' }).issuer.issuer).toBe('http://localhost');
  });

  it('hold for variables that are set to nothing', () => {
    const empty = Object.fromEntries(environmentVariables().map(({ name }) => [name, '']));
    expect(loadSettings({ ...empty, DATA_DIR: join(folder, 'data') }, { terminal: true }).log.format).toBe('pretty');
  });

  it('cannot be changed by anyone', () => {
    const settings = load({});
    expect(Object.values(settings).every((part) => part instanceof Set || Object.isFrozen(part))).toBe(true);
    expect(Object.isFrozen(settings)).toBe(true);
  });
});

describe('the secret keys of a development issuer', () => {
  it('are made once, readable by their owner only', () => {
    const first = load({}).secrets.keys;
    const path = join(folder, 'data', 'secret-keys');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(first).toHaveLength(1);
    expect(load({}).secrets.keys).toEqual(first);
    expect(readFileSync(path, 'utf8').trim()).toBe(first[0]?.toString('base64url'));
    expect(readdirSync(join(folder, 'data'))).toEqual(['secret-keys']);
  });

  it('are not made while anything else is wrong', () => {
    expect(problems({ PORT: 'x' })).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are refused when the file is damaged or cannot be made', () => {
    load({});
    writeFileSync(join(folder, 'data', 'secret-keys'), 'abc\n');
    expect(problems({})).toMatchObject([
      { name: 'SECRET_KEYS', problem: expect.stringContaining('damaged') as string },
    ]);
    const blocked = file('blocked', '');
    expect(problems({ DATA_DIR: blocked })).toMatchObject([{ name: 'SECRET_KEYS' }]);
  });
});

describe('the issuer', () => {
  it.each([
    ['http://localhost:3000', 'development'],
    ['http://app.localhost', 'development'],
    ['http://127.0.0.1:8080', 'development'],
    ['http://127.9.9.9:8080', 'development'],
    ['http://[::1]:3000/auth', 'development'],
    ['https://op.test:3443', 'test'],
    ['https://login.example.com', 'production'],
    ['https://login.example.com/a/b-c', 'production'],
    ['https://10.0.0.1', 'production'],
    ['https://test', 'production'],
    ['https://localhost.example.com', 'production'],
  ])('%s is a %s issuer', (issuer, kind) => {
    const { issuer: settings } = load({ ISSUER: issuer, SECRET_KEYS: KEY });
    expect(settings).toMatchObject({ issuer, kind, secure: issuer.startsWith('https') });
  });

  it('gives URLs and paths below its own path', () => {
    const { issuer } = load({ ISSUER: 'https://login.example.com/sso', SECRET_KEYS: KEY });
    expect(issuer.url('/oauth2/token')).toBe('https://login.example.com/sso/oauth2/token');
    expect(issuer.path('/sign-in')).toBe('/sso/sign-in');
    expect(issuer.origin).toBe('https://login.example.com');
  });

  it.each([
    'login.example.com',
    'ftp://login.example.com',
    'https://',
    'https://login.example.com/',
    'https://login.example.com/a/',
    'https://login.example.com//a',
    'https://login.example.com/a/../b',
    'https://login.example.com/.well-known',
    'https://login.example.com/a%20b',
    'https://login.example.com?x=1',
    'https://login.example.com/?',
    'https://login.example.com#x',
    'https://user@login.example.com',
    'https://user:password@login.example.com',
    'https://Login.example.com',
    'HTTPS://login.example.com',
    'https://login.example.com:443',
    'https://login.example.com.',
    'https://login.example.com/ä',
    ' https://login.example.com',
    'https://0x7f.1',
    'http://login.example.com',
    'http://op.test:3000',
  ])('refuses %s (RFC 8414 §2)', (issuer) => {
    expect(problems({ ISSUER: issuer, SECRET_KEYS: KEY }).map(({ name }) => name)).toEqual(['ISSUER']);
  });
});

describe('one bad value', () => {
  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['PORT', ' 3000'],
    ['HOST', 'not a host'],
    ['HOST', '300.1.1.1'],
    ['DATABASE_URL', 'postgres://localhost/gatehouse'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['DATABASE_URL', 'mysql://localhost/'],
    ['DATABASE_URL', 'mysql:gatehouse'],
    ['DATABASE_URL', 'sqlite:'],
    ['MIGRATE_ON_START', 'yes'],
    ['REDIS_URL', 'http://cache'],
    ['SECRET_KEYS', 'short'],
    ['SECRET_KEYS', `${KEY},`],
    ['SECRET_KEYS', `${KEY},${KEY}`],
    ['SECRET_KEYS', `${KEY}A`],
    ['SECRET_KEYS', KEY.replace('n', '+')],
    ['SMTP_URL', 'mail.example.com:25'],
    ['MAIL_FROM', 'nobody'],
    ['SIGN_UP', 'yes'],
    ['SIGN_UP', 'corp.example,,sub.example'],
    ['SIGN_UP', '@corp.example'],
    ['CLIENT_REGISTRATION', 'on'],
    ['SESSION_MANAGEMENT', 'true'],
    ['OUTBOUND_ALLOW', 'internal'],
    ['OUTBOUND_ALLOW', 'internal:0'],
    ['OUTBOUND_ALLOW', '10.0.0.0/33'],
    ['OUTBOUND_ALLOW', 'https://internal:8443'],
    ['OUTBOUND_CA_FILE', '/nowhere/ca.pem'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'proxy.internal'],
    ['TRUST_PROXY', '10.0.0.0/8/8'],
    ['METRICS_PORT', '3000'],
    ['METRICS_PORT', 'none'],
    ['SEED_FILE', '/nowhere/seed.yaml'],
    ['SEED_FILE', '/nowhere/seed.txt'],
    ['COMPANY_NAME', 'a\u0007b'],
    ['COMPANY_NAME', 'a\u202eb'],
    ['COMPANY_NAME', 'x'.repeat(81)],
    ['COMPANY_COLOR', 'blue'],
    ['COMPANY_COLOR', '#fff'],
    ['COMPANY_COLOR', '#12345g'],
    ['COMPANY_LOGO_FILE', '/nowhere/logo.svg'],
    ['COMPANY_LOGO_FILE', '/nowhere/logo.exe'],
    ['GEOIP_FILE', '/nowhere/city.mmdb'],
    ['WORKERS', '0'],
    ['WORKERS', 'many'],
    ['WORKERS', '257'],
    ['DRAIN_SECONDS', '11'],
    ['DRAIN_SECONDS', 'soon'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])('%s=%s is refused with what to do', (name, value) => {
    const found = problems({ [name]: value });
    expect(found.map((problem) => problem.name)).toEqual([name]);
    expect(found[0]?.problem.length).toBeGreaterThan(5);
    expect(found[0]?.remedy).toMatch(/^(?:Set|Make) .*\.$/);
  });

  it('is refused when its other half is missing', () => {
    expect(problems({ ADMIN_EMAIL: 'admin@corp.example' })).toMatchObject([{ name: 'ADMIN_PASSWORD' }]);
    expect(problems({ ADMIN_PASSWORD: 'a password' })).toMatchObject([{ name: 'ADMIN_EMAIL' }]);
    expect(problems({ ADMIN_CLIENT_ID: 'automation' })).toMatchObject([{ name: 'ADMIN_CLIENT_SECRET' }]);
    expect(problems({ ADMIN_CLIENT_SECRET: 'x' })).toMatchObject([{ name: 'ADMIN_CLIENT_ID' }]);
    expect(problems({ TLS_CERT_FILE: file('tls.crt', '') })).toMatchObject([{ name: 'TLS_KEY_FILE' }]);
  });

  it('is refused when a file is not what it should be', () => {
    const nonsense = file('nonsense.pem', '-----BEGIN CERTIFICATE-----\nxxxx\n-----END CERTIFICATE-----\n');
    expect(problems({ OUTBOUND_CA_FILE: nonsense })).toMatchObject([{ name: 'OUTBOUND_CA_FILE' }]);
    expect(problems({ OUTBOUND_CA_FILE: folder })).toMatchObject([{ name: 'OUTBOUND_CA_FILE' }]);
    expect(problems({ TLS_CERT_FILE: nonsense, TLS_KEY_FILE: nonsense })).toMatchObject([{ name: 'TLS_CERT_FILE' }]);
    const huge = file('logo.png', 'x'.repeat(256 * 1024 + 1));
    expect(problems({ COMPANY_LOGO_FILE: huge })).toMatchObject([{ name: 'COMPANY_LOGO_FILE' }]);
    for (const content of ['', 'not a database', `\xab\xcd\xefMaxMind.com`]) {
      const places = file('city.mmdb', content);
      expect(problems({ GEOIP_FILE: places }), content).toMatchObject([{ name: 'GEOIP_FILE' }]);
    }
  });

  it('never shows up in the message when it may be a secret', () => {
    const secret = 'hunter2hunter2';
    for (const { name } of environmentVariables().filter((variable) => variable.secret)) {
      expect(JSON.stringify(problems({ [name]: secret })), name).not.toContain(secret);
    }
  });
});

describe('many bad values', () => {
  it('are all named at once, in the order of the documentation', () => {
    const found = problems({ LOG_LEVEL: 'x', PORT: 'x', ISSUER: 'x', WORKERS: 'x', ADMIN_EMAIL: 'x' });
    expect(found.map(({ name }) => name)).toEqual([
      'ISSUER',
      'PORT',
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
      'WORKERS',
      'LOG_LEVEL',
    ]);
    const error = new SettingsError(found);
    expect(error.exitCode).toBe(78);
    expect(error.message.split('\n')).toHaveLength(7);
  });
});

describe('a production issuer', () => {
  it('starts with good values', () => {
    const settings = load({
      ...PRODUCTION,
      SECRET_KEYS: `${KEY}, ${OTHER_KEY}=`,
      ADMIN_EMAIL: 'admin@corp.example',
      ADMIN_PASSWORD: 'violet harbour 19 lantern',
      ADMIN_CLIENT_ID: 'automation',
      ADMIN_CLIENT_SECRET: KEY,
      OUTBOUND_ALLOW: '10.1.0.0/16,jwks.internal:8443,[fd00::1]:443',
      TRUST_PROXY: '10.0.0.5, fd00::/8',
    });
    expect(settings.secrets.keys).toHaveLength(2);
    expect(settings.mail.enabled).toBe(false);
    expect(settings.outbound.allow).toEqual([
      { kind: 'network', network: '10.1.0.0/16' },
      { kind: 'host', host: 'jwks.internal', port: 8443 },
      { kind: 'host', host: 'fd00::1', port: 443 },
    ]);
  });

  it.each(['https://login.example.com', 'https://op.test'])('needs SECRET_KEYS (%s)', (issuer) => {
    expect(problems({ ISSUER: issuer })).toMatchObject([{ name: 'SECRET_KEYS' }]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['zeros', Buffer.alloc(32)],
    ['one repeated byte', Buffer.alloc(32, 0xa7)],
    ['a repeated pattern', Buffer.from('deadbeef'.repeat(8), 'hex')],
    ['counting bytes', Buffer.from(Array.from({ length: 32 }, (_, index) => index))],
    ['a typed sentence', Buffer.from('my very own secret key for login')],
    ['a typed word', Buffer.from('change-me-'.repeat(5).slice(0, 43), 'base64url')],
    ['hexadecimal digits', Buffer.from('9f86d081884c7d659a2feaa0c55ad015')],
  ])('refuses secret keys made of %s', (_, key) => {
    const found = problems({ ...PRODUCTION, SECRET_KEYS: `${KEY},${key.toString('base64url')}` });
    expect(found).toMatchObject([{ name: 'SECRET_KEYS', problem: expect.stringContaining('number 2') as string }]);
  });

  it.each([
    'short',
    'fourteen chars',
    'passwordpassword',
    'Administrator123',
    'ChangeMe-ChangeMe-1',
    'P@ssw0rdP@ssw0rd',
    'welcome to gatehouse'.replaceAll(' to ', ''),
    'qwertyuiopasdfghjkl',
    '123456789012345',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    'operations123456operations!',
  ])('refuses the administrator password %s', (password) => {
    const admin = { ADMIN_EMAIL: 'operations@corp.example', ADMIN_PASSWORD: password };
    expect(problems({ ...PRODUCTION, ...admin })).toMatchObject([{ name: 'ADMIN_PASSWORD' }]);
    expect(problems({ ...admin })).toEqual([]);
  });

  it.each(['x'.repeat(31), 'x'.repeat(32), 'secretsecretsecretsecretsecretsecret', '0123456789'.repeat(4)])(
    'refuses the client secret %s',
    (secret) => {
      const automation = { ADMIN_CLIENT_ID: 'automation', ADMIN_CLIENT_SECRET: secret };
      expect(problems({ ...PRODUCTION, ...automation })).toMatchObject([{ name: 'ADMIN_CLIENT_SECRET' }]);
      expect(problems({ ...automation })).toEqual([]);
    },
  );

  it.each([
    'localhost:8080',
    'app.localhost:80',
    '127.0.0.1',
    '127.8.0.1:443',
    '[::1]:443',
    '0.0.0.0/0',
    '0.0.0.0:80',
    '::/0',
    '127.3.0.0/16',
    '::ffff:127.0.0.1',
  ])('refuses the loopback exception %s that development and test may have', (target) => {
    expect(problems({ ...PRODUCTION, OUTBOUND_ALLOW: target })).toMatchObject([{ name: 'OUTBOUND_ALLOW' }]);
    expect(problems({ ISSUER: 'https://op.test', SECRET_KEYS: KEY, OUTBOUND_ALLOW: target })).toEqual([]);
  });

  it.each(['0.0.0.0/0', '10.0.0.1,::/0'])('refuses to trust everybody as a proxy (%s)', (proxies) => {
    expect(problems({ ...PRODUCTION, TRUST_PROXY: proxies })).toMatchObject([{ name: 'TRUST_PROXY' }]);
    expect(problems({ TRUST_PROXY: proxies })).toEqual([]);
  });
});

describe('clients that register themselves (RFC 7591 §5)', () => {
  const issuers = (content: string) => ({ SOFTWARE_STATEMENT_ISSUERS_FILE: file('issuers.json', content) });

  it('may have what they always could unless something is said', () => {
    expect(load({}).registration).toEqual({
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
      grantTypes: ['authorization_code', 'refresh_token', 'implicit'],
      unusedDays: 90,
      rate: 300,
      statementIssuers: [],
    });
  });

  it('may have what is said', () => {
    const { registration } = load({
      CLIENT_REGISTRATION_SCOPES: 'openid, orders.read',
      CLIENT_REGISTRATION_GRANT_TYPES: 'implicit,authorization_code',
      CLIENT_REGISTRATION_REDIRECT_HOSTS: '*.Corp.example, partner.example, [::1]',
      CLIENT_REGISTRATION_UNUSED_DAYS: '7',
      CLIENT_REGISTRATION_RATE: '10',
    });
    expect(registration).toEqual({
      scopes: ['openid', 'orders.read'],
      grantTypes: ['authorization_code', 'implicit'],
      redirectHosts: ['*.corp.example', 'partner.example', '[::1]'],
      unusedDays: 7,
      rate: 10,
      statementIssuers: [],
    });
  });

  it('may be vouched for by those in the file (RFC 7591 §2.3)', () => {
    const jwks = { keys: [] };
    const content = { 'https://a.example': { jwks_uri: 'https://a.example/jwks' }, 'urn:b': { jwks } };
    expect(load(issuers(JSON.stringify(content))).registration.statementIssuers).toEqual([
      { issuer: 'https://a.example', jwksUri: 'https://a.example/jwks' },
      { issuer: 'urn:b', jwks },
    ]);
  });

  it.each([
    '{',
    '[]',
    '{}',
    '{"https://a.example": {}}',
    '{"https://a.example": {"jwks_uri": "http://a.example/jwks"}}',
    '{"https://a.example": {"jwks": []}}',
    '{"https://a.example": {"jwks": {"keys": []}, "jwks_uri": "https://a.example/jwks"}}',
    '{"https://a.example": {"jwks": {"keys": []}, "other": 1}}',
    '{"": {"jwks": {"keys": []}}}',
  ])('but not by %s', (content) => {
    expect(problems(issuers(content))).toMatchObject([{ name: 'SOFTWARE_STATEMENT_ISSUERS_FILE' }]);
  });

  it.each([
    ['CLIENT_REGISTRATION_SCOPES', 'openid,,email'],
    ['CLIENT_REGISTRATION_SCOPES', 'openid email'],
    ['CLIENT_REGISTRATION_GRANT_TYPES', 'refresh_token'],
    ['CLIENT_REGISTRATION_GRANT_TYPES', 'authorization_code,client_credentials'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', '*'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', '*.'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', 'https://corp.example'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', 'a.*.example'],
    ['CLIENT_REGISTRATION_UNUSED_DAYS', '0'],
    ['CLIENT_REGISTRATION_RATE', '-1'],
    ['SOFTWARE_STATEMENT_ISSUERS_FILE', '/nowhere/issuers.json'],
  ])('not by %s=%s', (name, value) => {
    expect(problems({ [name]: value })).toMatchObject([{ name }]);
  });
});

describe('the effective settings', () => {
  it('show every variable and no secret', () => {
    const secrets = {
      SECRET_KEYS: KEY,
      ADMIN_PASSWORD: 'violet harbour 19 lantern',
      ADMIN_CLIENT_SECRET: OTHER_KEY,
      DATABASE_URL: 'mariadb://gatehouse:tr0ub4dor@db.internal/gatehouse?password=tr0ub4dor',
      SMTP_URL: 'smtps://mailer:tr0ub4dor@mail.internal',
      REDIS_URL: 'redis://:tr0ub4dor@cache.internal',
    };
    const shown = effectiveSettings(
      load({ ...secrets, ADMIN_EMAIL: 'admin@corp.example', ADMIN_CLIENT_ID: 'automation' }),
    );
    expect(shown.map(({ name }) => name)).toEqual(environmentVariables().map(({ name }) => name));
    const text = JSON.stringify(shown);
    for (const secret of [KEY, OTHER_KEY, 'violet', 'tr0ub4dor']) expect(text).not.toContain(secret);
    const fallbacks = environmentVariables().filter(({ fallback = '' }) => /^[a-z0-9]+$/.test(fallback));
    for (const { name, fallback } of fallbacks)
      expect(shown).toContainEqual({ name, value: fallback, from: 'default' });
    expect(shown).toContainEqual({ name: 'HOST', value: '127.0.0.1', from: 'default' });
    expect(shown).toContainEqual({ name: 'ADMIN_CLIENT_ID', value: 'automation', from: 'environment' });
  });
});
