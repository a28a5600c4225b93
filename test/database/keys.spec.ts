import { CompactEncrypt, decodeProtectedHeader, createLocalJWKSet, importJWK, jwtVerify } from 'jose';
import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database, LeaseEntity, Transactions } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import {
  JwtSigner,
  KEY_ALGORITHMS,
  KEY_ENTITIES,
  KeyRing,
  KeysModule,
  OwnTokenVerifier,
  SIGNING_ALGORITHMS,
  SystemKeyGenerator,
  TokenDecrypter,
} from '#keys/index.js';
import type { KeyGenerator, SigningAlgorithm } from '#keys/index.js';
import { MIGRATIONS } from '../../src/schema.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { startPlatform } from './support/platform.js';
import { RecycledKeys } from '../support/recycled-keys.js';

const SCHEMA = { entities: [LeaseEntity, ...KEY_ENTITIES], migrations: MIGRATIONS };
const ISSUER = 'http://localhost:3000';

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('keys on %s', (_kind, url) => {
  let made: TestDatabase;
  let clock: FrozenClock;
  let keys: RecycledKeys;
  const processes: INestApplicationContext[] = [];
  const start = async (keyGenerator: KeyGenerator | undefined = keys) => {
    const context = await startPlatform(made.url, { schema: SCHEMA, clock, modules: [KeysModule], keyGenerator });
    processes.push(context);
    return {
      context,
      ring: context.get(KeyRing, { strict: false }),
      verifier: context.get(OwnTokenVerifier, { strict: false }),
      sign: (algorithm: SigningAlgorithm = 'ES256', claims: object = {}) =>
        context
          .get(JwtSigner, { strict: false })
          .sign({ iss: ISSUER, exp: clock.epochSeconds() + 600, ...claims }, { algorithm, typ: 'at+jwt' }),
    };
  };
  type Process = Awaited<ReturnType<typeof start>>;
  const verify = ({ verifier }: Process, token: string) => verifier.verify(token, { typ: ['at+jwt'] });
  const kids = async ({ ring }: Process) => (await ring.jwks()).keys.map(({ kid }) => kid);

  beforeEach(async () => {
    made = await aMigratedDatabase(url);
    clock = new FrozenClock();
    keys = new RecycledKeys();
  });
  afterEach(async () => {
    for (const context of processes.splice(0)) await context.close();
    await made.drop();
  });

  it('are made at the first start, one of each kind, active at once', async () => {
    const { ring } = await start();
    const list = await ring.list();
    expect(list.map(({ algorithm }) => algorithm).sort()).toEqual([...KEY_ALGORITHMS].sort());
    expect(new Set(list.map(({ status }) => status))).toEqual(new Set(['active']));
    expect(ring.ready).toBe(true);
  });

  it('show their public members only (RFC 7517 §4, OIDC Discovery §3)', async () => {
    const { keys } = await (await start()).ring.jwks();
    const shapes = Object.fromEntries(keys.map((key) => [key.alg, Object.keys(key).sort().join(' ')]));
    expect(shapes).toEqual({
      RS256: 'alg e kid kty n use',
      PS256: 'alg e kid kty n use',
      ES256: 'alg crv kid kty use x y',
      EdDSA: 'alg crv kid kty use x',
      'RSA-OAEP-256': 'alg e kid kty n use',
      'ECDH-ES': 'alg crv kid kty use x y',
      'ECDH-ES+A128KW': 'alg crv kid kty use x y',
      'ECDH-ES+A192KW': 'alg crv kid kty use x y',
      'ECDH-ES+A256KW': 'alg crv kid kty use x y',
    });
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(KEY_ALGORITHMS.length);
  });

  it('rest sealed', async () => {
    const { context, ring } = await start();
    await ring.jwks();
    const rows: unknown = await context.get(Database).dataSource.query('SELECT private_key FROM signing_key');
    expect(JSON.stringify(rows)).not.toMatch(/PRIVATE KEY|"d"/);
    expect(JSON.stringify(rows).match(/"v1\./g)).toHaveLength(KEY_ALGORITHMS.length);
  });

  it.each(SIGNING_ALGORITHMS)('sign with %s what others verify, exactly the given claims', async (algorithm) => {
    const service = await start();
    const token = await service.sign(algorithm, { sub: 'a', n: 1 });
    const keySet = createLocalJWKSet(await service.ring.jwks());
    const { payload } = await jwtVerify(token, keySet, { algorithms: [algorithm], typ: 'at+jwt' });
    expect(payload).toEqual({ iss: ISSUER, exp: clock.epochSeconds() + 600, sub: 'a', n: 1 });
    const kid = (await service.ring.list()).find((key) => key.algorithm === algorithm)?.kid;
    expect(decodeProtectedHeader(token)).toEqual({ alg: algorithm, typ: 'at+jwt', kid });
    expect(await verify(service, token)).toEqual(payload);
  });

  it('recognise our own tokens only: issuer, kind, life, signature', async () => {
    const service = await start();
    const token = await service.sign();
    const [header = '', , signature = ''] = token.split('.');
    const forged = [header, Buffer.from(JSON.stringify({ iss: ISSUER, exp: 9e9 })).toString('base64url'), signature];
    expect(await verify(service, token)).toBeDefined();
    expect(await verify(service, token)).toBeDefined();
    expect(await service.verifier.verify(token, { typ: ['JWT'] })).toBeUndefined();
    for (const wrong of ['A'.repeat(86), 'AAAA', signature.slice(0, 43), signature + signature]) {
      expect(await verify(service, `${token.slice(0, -signature.length)}${wrong}`)).toBeUndefined();
    }
    expect(await verify(service, await service.sign('ES256', { iss: 'http://other' }))).toBeUndefined();
    expect(await verify(service, await service.sign('EdDSA', { exp: '9999999999' }))).toBeUndefined();
    expect(await verify(service, forged.join('.'))).toBeUndefined();
    clock.advance('600s');
    expect(await verify(service, token)).toBeUndefined();
    expect(await service.verifier.verify(token, { typ: ['at+jwt'], allowExpired: true })).toBeDefined();
  });

  it('rotate without one valid token failing (OIDC Core §10.1.1)', async () => {
    const service = await start();
    const before = await service.sign('ES256', { exp: clock.epochSeconds() + 3600 });
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const views = await service.ring.rotate({ algorithm: 'ES256' });
    const ring = views.filter(({ algorithm }) => algorithm === 'ES256');
    expect([views.length, ring.map(({ status }) => status)]).toEqual([KEY_ALGORITHMS.length + 1, ['active', 'next']]);
    const published = await service.ring.jwks();
    expect(await kids(service)).toContain(ring[1]?.kid);
    clock.advance('300s');
    expect(await service.ring.jwks()).toBe(published);
    expect(kidOf(await service.sign())).toBe(kidOf(before));
    clock.advance('20s');
    expect(kidOf(await service.sign())).toBe(ring[1]?.kid);
    clock.advance('54m');
    expect(await verify(service, before)).toBeDefined();
    expect(await kids(service)).toContain(kidOf(before));
    clock.advance('1h');
    expect(await kids(service)).not.toContain(kidOf(before));
    expect(await service.verifier.verify(before, { typ: ['at+jwt'], allowExpired: true })).toBeDefined();
  });

  it('are withdrawn at once when they are revoked, and what they signed with them', async () => {
    const service = await start();
    const before = await service.sign();
    expect(await verify(service, before)).toBeDefined(); // and remembered as well signed
    await service.ring.rotate({ algorithm: 'ES256', revoke: true });
    expect(await verify(service, before)).toBeUndefined();
    expect(await service.verifier.verify(before, { typ: ['at+jwt'], allowExpired: true })).toBeUndefined();
    expect(await verify(service, await service.sign())).toBeDefined();
    expect(await kids(service)).toHaveLength(KEY_ALGORITHMS.length);
  });

  it('are followed up by the job when they are ninety days old, and forgotten in the end', async () => {
    const service = await start();
    const jobs = service.context.get(JobsService);
    await jobs.runNow('key-rotation');
    expect(await kids(service)).toHaveLength(KEY_ALGORITHMS.length);
    clock.advance('90d');
    await jobs.runNow('key-rotation');
    await jobs.runNow('key-rotation');
    expect(await kids(service)).toHaveLength(KEY_ALGORITHMS.length + SIGNING_ALGORITHMS.length);
    clock.advance('8d');
    await jobs.runNow('key-rotation');
    const rows = service.context.get(Database).rows(KEY_ENTITIES[0]);
    expect([await rows.count(), service.ring.ready]).toEqual([KEY_ALGORITHMS.length, true]);
  });

  describe('that others encrypt to', () => {
    const encrypted = async ({ ring }: Process, alg: string, header: object = {}, enc = 'A128GCM') => {
      const jwk = (await ring.jwks()).keys.find((key) => key.alg === alg);
      if (jwk === undefined) throw new Error(`no key for ${alg}`);
      const key = await importJWK({ ...jwk }, alg);
      return new CompactEncrypt(Buffer.from('the content'))
        .setProtectedHeader({ alg, enc, kid: jwk.kid, ...header })
        .encrypt(key);
    };
    const decrypt = ({ context }: Process, token: string, wish: object = {}) =>
      context.get(TokenDecrypter, { strict: false }).decrypt(token, {
        algorithms: KEY_ENCRYPTION_ALGORITHMS,
        encryptions: CONTENT_ENCRYPTION_ALGORITHMS,
        cty: ['JWT'],
        ...wish,
      });
    const OPENED = { outcome: 'decrypted', content: 'the content' };

    it('are not made before somebody looks for them, so that no first start waits for them', async () => {
      const { context, ring } = await start();
      const rows = context.get(Database).rows(KEY_ENTITIES[0]);
      expect([await rows.count(), ring.ready]).toEqual([SIGNING_ALGORITHMS.length, true]);
      await Promise.all([ring.jwks(), ring.list(), ring.jwks()]);
      expect(await rows.count()).toBe(KEY_ALGORITHMS.length);
    });

    it.each(KEY_ENCRYPTION_ALGORITHMS)('open what is encrypted by %s, whatever encrypts the content', async (alg) => {
      const service = await start();
      for (const enc of CONTENT_ENCRYPTION_ALGORITHMS) {
        expect(await decrypt(service, await encrypted(service, alg, {}, enc))).toEqual(OPENED);
      }
      expect(await decrypt(service, await encrypted(service, alg, { kid: undefined }))).toEqual(OPENED);
    });

    it('open nothing by another algorithm than their own, nor for a signing key (RFC 8725 §3.1, RFC 7517 §4.2)', async () => {
      const service = await start();
      const kidOf = async (alg: string) => (await service.ring.jwks()).keys.find((key) => key.alg === alg)?.kid;
      const foreign = { outcome: 'invalid', detail: 'it is encrypted to no key of this issuer' };
      for (const other of ['ECDH-ES+A128KW', 'ES256', 'RS256']) {
        const token = await encrypted(service, 'ECDH-ES', { kid: await kidOf(other) });
        expect(await decrypt(service, token)).toEqual(foreign);
      }
      const signer = (await service.ring.jwks()).keys.find((key) => key.alg === 'RS256');
      const toSigner = await new CompactEncrypt(Buffer.from('x'))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A128GCM' })
        .encrypt(await importJWK({ ...signer, alg: 'RSA-OAEP-256', use: 'enc' }, 'RSA-OAEP-256'));
      expect(await decrypt(service, toSigner)).toEqual({ outcome: 'invalid', detail: 'it cannot be decrypted' });
    });

    it('fail alike whatever was changed in a token (RFC 7516 §11.5)', async () => {
      const service = await start();
      for (const alg of ['RSA-OAEP-256', 'ECDH-ES+A256KW']) {
        const parts = (await encrypted(service, alg)).split('.');
        for (const at of [1, 2, 3, 4]) {
          const bytes = Buffer.from(parts[at] ?? '', 'base64url');
          bytes[0] = (bytes[0] ?? 0) ^ 1;
          const changed = parts.with(at, bytes.toString('base64url')).join('.');
          expect(await decrypt(service, changed)).toEqual({ outcome: 'invalid', detail: 'it cannot be decrypted' });
        }
      }
    });

    it('refuse a point that is not on the curve (RFC 8725 §3.4)', async () => {
      const service = await start();
      const [header = '', ...rest] = (await encrypted(service, 'ECDH-ES')).split('.');
      const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as { epk: { x: string } };
      members.epk.x = Buffer.alloc(32, 1).toString('base64url');
      const forged = [Buffer.from(JSON.stringify(members)).toString('base64url'), ...rest].join('.');
      expect(await decrypt(service, forged)).toEqual({ outcome: 'invalid', detail: 'it cannot be decrypted' });
    });

    it('never sign', async () => {
      const service = await start();
      const kid = (await service.ring.jwks()).keys.find(({ use }) => use === 'enc')?.kid ?? '';
      expect(await service.ring.checkingKey(kid, { withdrawn: true })).toBeUndefined();
      expect(kid).not.toBe('');
    });

    it('leave the JWKS with a rotation and decrypt for another day (OIDC Core §10.2.1)', async () => {
      const service = await start();
      const before = await encrypted(service, 'ECDH-ES');
      await service.ring.rotate({ algorithm: 'ECDH-ES' });
      expect(await kids(service)).toHaveLength(KEY_ALGORITHMS.length);
      expect(await kids(service)).not.toContain(decodeProtectedHeader(before).kid);
      expect(await decrypt(service, before)).toEqual(OPENED);
      expect(await decrypt(service, await encrypted(service, 'ECDH-ES'))).toEqual(OPENED);
      clock.advance('1d');
      expect(await decrypt(service, before)).toMatchObject({ outcome: 'invalid' });
    });

    it('decrypt nothing more once they are revoked', async () => {
      const service = await start();
      const before = await encrypted(service, 'RSA-OAEP-256');
      await service.ring.rotate({ revoke: true });
      expect(await decrypt(service, before)).toMatchObject({ outcome: 'invalid' });
    });
  });

  it('can be used inside a transaction, fresh or not', async () => {
    const service = await start();
    clock.advance('60s');
    const [inside, outside] = await Promise.all([
      service.context.get(Transactions).run(async () => {
        const token = await service.sign();
        await new Promise((resolve) => setTimeout(resolve, 20));
        clock.advance('60s');
        return [token, await service.sign()];
      }),
      new Promise((resolve) => setTimeout(resolve, 10)).then(() => service.ring.rotate({ algorithm: 'EdDSA' })),
    ]);
    expect([inside.length, outside.length]).toEqual([2, KEY_ALGORITHMS.length + 1]);
  });

  if (!url.startsWith('sqlite:')) {
    it('are the same in processes that start together for the first time', async () => {
      const real = new SystemKeyGenerator();
      const started = await Promise.all([start(real), start(real), start(real)]);
      const sets = await Promise.all(started.map(async (one) => (await kids(one)).sort().join(' ')));
      expect(new Set(sets).size).toBe(1);
      expect(sets[0]?.split(' ')).toHaveLength(KEY_ALGORITHMS.length);
    });

    it('of another process are known when they are first met, and its revocations within ten seconds', async () => {
      const [one, two] = [await start(), await start()];
      const old = await two.sign();
      await one.ring.rotate({ algorithm: 'ES256', now: true });
      expect(await verify(two, await one.sign())).toBeDefined();
      await one.ring.rotate({ algorithm: 'ECDH-ES' });
      const { keys: theirs } = await one.ring.jwks();
      const kid = theirs.find(({ alg }) => alg === 'ECDH-ES')?.kid;
      expect(await two.ring.decryptionKeys('ECDH-ES', kid)).toHaveLength(1);
      await one.ring.rotate({ algorithm: 'ES256', revoke: true });
      clock.advance('10s');
      expect(await verify(two, old)).toBeUndefined();
      expect(await verify(one, await two.sign())).toBeDefined();
    });
  }
});
