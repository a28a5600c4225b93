import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkQueues } from '../bounded-work.js';
import type { ForeignHash } from './foreign-hash.js';
import { ForeignHashes } from './foreign-hashes.js';
import { VECTORS } from './vectors.spec-support.js';

const hashes = new ForeignHashes(new WorkQueues());

function hashOf(text: string): ForeignHash {
  const reading = hashes.read(text);
  if (reading.outcome === 'refused') throw new Error(`refused: ${reading.problem}`);
  return reading.hash;
}

function problemOf(text: string): string | undefined {
  const reading = hashes.read(text);
  return reading.outcome === 'refused' ? reading.problem : undefined;
}

describe('password hashes of other systems', () => {
  it.each(VECTORS)('are compared as their makers do: $format by $madeBy', async ({ password, hash }) => {
    const read = hashOf(hash);
    expect(await hashes.verify(read, [password])).toBe(true);
    expect(await hashes.verify(read, [`${password} `])).toBe(false);
    expect(await hashes.verify(read, [''])).toBe(false);
  });

  it.each(VECTORS)('are kept in a form that reads the same: $format by $madeBy', async ({ password, hash }) => {
    const { stored, secret } = hashOf(hash);
    const kept = hashOf(stored);
    expect(kept.stored).toBe(stored);
    expect(stored.length).toBeLessThanOrEqual(512);
    expect(kept.secret?.id).toBe(secret?.id);
    expect(await hashes.verify(kept, [password], secret?.value)).toBe(true);
    if (secret?.value !== undefined) {
      expect(stored).not.toContain(secret.value.toString('base64').slice(0, 20));
      expect(await hashes.verify(kept, [password])).toBe(false);
      expect(await hashes.verify(kept, [password], Buffer.alloc(secret.value.length))).toBe(false);
    }
  });

  it('have two vectors in each format', () => {
    const formats = new Set(VECTORS.map(({ format }) => format));
    expect(formats.size).toBeGreaterThanOrEqual(20);
    for (const format of formats) {
      expect(VECTORS.filter((vector) => vector.format === format).length, format).toBeGreaterThanOrEqual(2);
    }
  });

  it('match the password in any of the ways to write it', async () => {
    const { password, hash } = VECTORS[0] ?? { password: '', hash: '' };
    expect(await hashes.verify(hashOf(hash), ['another', password])).toBe(true);
  });

  const SALT_AND_KEY = `c2FsdHNhbHQ$${'A'.repeat(43)}`;
  const SIGNER = Buffer.alloc(64).toString('base64');
  it.each([
    ['a billion rounds', `$5$rounds=999999999$salt$${'A'.repeat(43)}`],
    ['2^30 turns', `$P$SabcdefghABCDEFGHIJKLMNOPQRSTUV`],
    ['bcrypt of cost 31', `$2b$31$${'a'.repeat(53)}`],
    ['a billion iterations', `$pbkdf2-sha256$1073741824$${SALT_AND_KEY}`],
    ['a long key', `$pbkdf2-sha1$4000000$c2FsdHNhbHQ$${'A'.repeat(170)}`],
    ['4 GiB of argon2', `$argon2id$v=19$m=4194304,t=1,p=1$${SALT_AND_KEY}`],
    ['a million passes', `$argon2id$v=19$m=65536,t=1000000,p=1$${SALT_AND_KEY}`],
    ['hundreds of lanes', `$argon2id$v=19$m=65536,t=1,p=255$${SALT_AND_KEY}`],
    ['4 GiB of scrypt', `$scrypt$ln=22,r=8,p=1$${SALT_AND_KEY}`],
    ['much scrypt at a time', `$scrypt$ln=14,r=8,p=1024$${SALT_AND_KEY}`],
    ['much scrypt of Firebase', `$firebase-scrypt$ln=30,r=8$c2FsdA==$Bw==$${SIGNER}$${SIGNER}`],
    ['a billion iterations of Django', `pbkdf2_sha256$1073741824$salt$${'A'.repeat(43)}=`],
  ])('are refused when they take too much work: %s', (_name, text) => {
    expect(problemOf(text)).toBe('takes more work to compare than is done for a sign-in');
  });

  it.each([
    ['', 'is not a password hash of a format that is known here'],
    ['a password in clear', 'is not a password hash of a format that is known here'],
    ['$1$salt$qJH7.N4xYta3aEG/dfqo/0', 'is not a password hash of a format that is known here'],
    [`$2x$10$${'a'.repeat(53)}`, 'is not a password hash of a format that is known here'],
    [`$2b$03$${'a'.repeat(53)}`, 'has a bcrypt cost below 4'],
    ['$pbkdf2-sha256$1000$c2FsdHNhbHQ$QUJD', 'is not well-formed'],
    [`$pbkdf2-sha256$0$${SALT_AND_KEY}`, 'is not well-formed'],
    [`$scrypt$ln=0,r=8,p=1$${SALT_AND_KEY}`, 'is not well-formed'],
    [`$argon2id$v=19$m=4,t=1,p=8$${SALT_AND_KEY}`, 'is not well-formed'],
    ['$argon2id$v=19$m=256,t=1,p=1$c2FsdHNhbHQ$QUJDRA', 'is not well-formed'],
    ['{"credentialData":"x"}', 'is no Keycloak credential'],
    ['{"credentialData":{"algorithm":"md5"},"secretData":{}}', 'is not well-formed'],
    [`$firebase-scrypt$ln=14,r=8$c2FsdA==$Bw==$QUJD$${SIGNER}`, 'has a signer key of another length than its hash'],
    ['$'.repeat(5000), 'is longer than any hash'],
  ])('are refused when they are none: %j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('are read without ever throwing, whatever the text', () => {
    const beginnings = VECTORS.map(({ hash }) => hash);
    fc.assert(
      fc.property(fc.constantFrom('', ...beginnings), fc.nat(80), fc.string(), fc.string(), (head, cut, one, other) => {
        expect(['read', 'refused']).toContain(hashes.read(head.slice(0, cut) + one + other).outcome);
      }),
      { numRuns: 2000 },
    );
  });

  it('are compared without ever throwing or taking long, whatever has become of them', async () => {
    const cheap = VECTORS.filter(({ hash }) => !/ln=14|16384/.test(hash)).map(({ hash }) => hash);
    const damaged = fc
      .tuple(fc.constantFrom(...cheap), fc.nat(), fc.constantFrom(...Array.from('$,=./+AZaz09@{}"\u0000')))
      .map(([hash, at, character]) => hash.slice(0, at % hash.length) + character + hash.slice((at % hash.length) + 1));
    await fc.assert(
      fc.asyncProperty(damaged, fc.string(), async (text, password) => {
        const reading = hashes.read(text);
        if (reading.outcome === 'refused') return;
        expect(await hashes.verify(reading.hash, [password], reading.hash.secret?.value)).toBe(false);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
