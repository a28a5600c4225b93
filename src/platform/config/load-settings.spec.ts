import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentVariables } from './environment-variable.decorator.js';
import { effectiveSettings } from './effective-settings.js';
import { SettingsError } from './settings-error.js';
import { loadSettings } from './load-settings.js';
import { eachInItsFolder } from './settings.spec-support.js';

const KEY = 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE';
const OTHER_KEY = 'Zk8Qm1Xw5Rb3Tn7Vc0Ls9Pd2Gf6Hj4KaYe1UiOo_-rM';
const { folder, load, problems, file } = eachInItsFolder();

describe('the defaults', () => {
  it('make a development issuer on this machine with an embedded database', () => {
    const settings = load({});
    expect(settings.issuer).toMatchObject({ issuer: 'http://localhost:3000', kind: 'development', secure: false });
    expect(settings.server).toMatchObject({ host: '127.0.0.1', port: 3000, trustProxy: [], workers: 1 });
    expect(settings.database).toMatchObject({
      url: `sqlite:${join(folder(), 'data', 'gatehouse.sqlite')}`,
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
    expect(loadSettings({ ...empty, DATA_DIR: join(folder(), 'data') }, { terminal: true }).log.format).toBe('pretty');
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
    const path = join(folder(), 'data', 'secret-keys');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder(), 'data')).mode & 0o777).toBe(0o700);
    expect(first).toHaveLength(1);
    expect(load({}).secrets.keys).toEqual(first);
    expect(readFileSync(path, 'utf8').trim()).toBe(first[0]?.toString('base64url'));
    expect(readdirSync(join(folder(), 'data'))).toEqual(['secret-keys']);
  });

  it('are not made while anything else is wrong', () => {
    expect(problems({ PORT: 'x' })).toHaveLength(1);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('are refused when the file is damaged or cannot be made', () => {
    load({});
    writeFileSync(join(folder(), 'data', 'secret-keys'), 'abc\n');
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
    expect(problems({ OUTBOUND_CA_FILE: folder() })).toMatchObject([{ name: 'OUTBOUND_CA_FILE' }]);
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
