import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eachInItsFolder } from './settings.spec-support.js';

const KEY = 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE';
const OTHER_KEY = 'Zk8Qm1Xw5Rb3Tn7Vc0Ls9Pd2Gf6Hj4KaYe1UiOo_-rM';
const PRODUCTION = { ISSUER: 'https://login.example.com', SECRET_KEYS: KEY };
const { folder, load, problems } = eachInItsFolder();

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
    expect(readdirSync(folder())).toEqual([]);
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
