import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { PasswordSettings, SecretSettings } from '#platform/config/index.js';
import { BoundedWork, Overloaded, WorkQueues } from './bounded-work.js';
import { sameText, sha256 } from './digest.js';
import { Argon2PasswordHasher } from './password-hasher.js';
import { uuidV7 } from './random.js';
import { SecretUnreadable } from './aead.js';
import { HolderBox } from './holder-box.js';
import { SecretBox } from './secret-box.js';
import { SecretKeys } from './secret-keys.js';

const keyOf = (fill: number) => Buffer.alloc(32, fill);
const secretKeys = (...fills: number[]) => new SecretKeys(new SecretSettings({ keys: fills.map(keyOf) }));

describe('identifiers', () => {
  it('are UUIDs of version 7 that carry their instant (RFC 9562 §A.6)', () => {
    const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
    expect(uuidV7(new Date(0x017f22e279b0), random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('sort by their instant, in lower case', () => {
    const ids = [5, 1, 3].map((ms) => uuidV7(new Date(1_767_225_600_000 + ms), Buffer.alloc(10, 255)));
    expect([...ids].sort()).toEqual([ids[1], ids[2], ids[0]]);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('digests', () => {
  it('are SHA-256 in base64url (RFC 7636 §B)', () => {
    expect(sha256('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('compare texts of any length', () => {
    expect([sameText('a', 'a'), sameText('a', 'b'), sameText('a', 'aa'), sameText('', '')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('bounded work', () => {
  it('runs so many at once, lets so many wait in order, and refuses the rest', async () => {
    const work = new BoundedWork({ what: 'tests', parallel: 2, waiting: 1, retryAfterSeconds: 7 });
    const order: string[] = [];
    const open: (() => void)[] = [];
    const task = (name: string) =>
      work.run(async () => {
        order.push(name);
        await new Promise<void>((resolve) => open.push(resolve));
      });
    const accepted = [task('a'), task('b'), task('c')];
    await expect(task('d')).rejects.toMatchObject({ name: 'Overloaded', retryAfterSeconds: 7 });
    expect(order).toEqual(['a', 'b']);
    open.shift()?.();
    await accepted[0];
    await Promise.resolve();
    expect(order).toEqual(['a', 'b', 'c']);
    for (const finish of open) finish();
    await Promise.all(accepted);
  });

  it('makes room again after a failure', async () => {
    const work = new BoundedWork({ what: 'tests', parallel: 1, waiting: 0, retryAfterSeconds: 1 });
    await expect(work.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(work.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});

function hasherWith(cost: { readonly hashMemoryKib: number; readonly hashPasses: number }): Argon2PasswordHasher {
  return new Argon2PasswordHasher(new WorkQueues(), new PasswordSettings(cost));
}

describe('password hashes', () => {
  const hasher = hasherWith({ hashMemoryKib: 19_456, hashPasses: 2 });

  it('are argon2id with 19 MiB and two passes (RFC 9106 §3.1)', async () => {
    const stored = await hasher.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(stored, 'correct horse')).toEqual({ valid: true, outdated: false });
    expect(await hasher.verify(stored, 'wrong horse')).toEqual({ valid: false, outdated: false });
  });

  it('made with other parameters are right and outdated', async () => {
    const weaker = await hash('correct horse', { memoryCost: 64, timeCost: 1, parallelism: 1 });
    expect(await hasher.verify(weaker, 'correct horse')).toEqual({ valid: true, outdated: true });
    expect(await hasher.verify(weaker, 'wrong horse')).toEqual({ valid: false, outdated: false });
  });

  it('cost what the operator decides, and those at another cost are outdated', async () => {
    const costly = hasherWith({ hashMemoryKib: 20_480, hashPasses: 3 });
    const stored = await costly.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=20480,t=3,p=1\$/);
    expect(await costly.verify(stored, 'correct horse')).toEqual({ valid: true, outdated: false });
    expect(await hasher.verify(stored, 'correct horse')).toEqual({ valid: true, outdated: true });
  });

  it('are told from those of another kind', async () => {
    expect(hasher.owns(await hasher.hash('correct horse'))).toBe(true);
    expect(hasher.owns('correct horse')).toBe(false);
    expect(hasher.owns(`$2b$12$${'a'.repeat(53)}`)).toBe(false);
  });

  it('are compared for a user who does not exist at the cost of a real one', async () => {
    await expect(hasher.verifyDummy('x')).resolves.toBeUndefined();
  });

  it('are refused when too many wait', async () => {
    const stored = await hash('x', { memoryCost: 64, timeCost: 1, parallelism: 1 });
    const busy = hasherWith({ hashMemoryKib: 19_456, hashPasses: 2 });
    const attempts = await Promise.allSettled(Array.from({ length: 131 }, () => busy.verify(stored, 'x')));
    const reasons = attempts.map((attempt) =>
      attempt.status === 'rejected' ? (attempt.reason as unknown) : undefined,
    );
    expect(reasons.filter((reason) => reason instanceof Overloaded)).toHaveLength(1);
  });
});

describe('secret keys', () => {
  it('are told apart by names that do not show them', () => {
    const keys = secretKeys(1, 2);
    expect(keys.names).toHaveLength(2);
    expect(keys.primaryName).toBe(keys.names[0]);
    expect(secretKeys(2, 1).names).toEqual([keys.names[1], keys.names[0]]);
  });

  it('sign for one purpose only, and not under a name that is not listed', () => {
    const keys = secretKeys(1, 2);
    const [first = '', second = ''] = keys.names;
    const mac = keys.mac(first, 'csrf', 'data');
    expect(mac).toMatch(/^[\w-]{43}$/);
    expect(secretKeys(3, 1).mac(first, 'csrf', 'data')).toBe(mac);
    const others = [
      keys.mac(first, 'other', 'data'),
      keys.mac(second, 'csrf', 'data'),
      keys.mac(first, 'csrf', 'date'),
    ];
    expect(new Set([mac, ...others]).size).toBe(4);
    expect(keys.mac('unknown', 'csrf', 'data')).toBeUndefined();
  });
});

describe('the secret box', () => {
  const box = new SecretBox(secretKeys(1));

  it('gives back what it sealed, differently each time', () => {
    const [one, two] = [box.seal('秘密', 'place 1'), box.seal('秘密', 'place 1')];
    expect(one).not.toBe(two);
    expect([box.open(one, 'place 1'), box.open(two, 'place 1')]).toEqual(['秘密', '秘密']);
    expect(one).not.toContain(Buffer.from('秘密').toString('base64url'));
  });

  it('opens what an older key sealed, and seals with the first', () => {
    const both = new SecretBox(secretKeys(2, 1));
    expect(both.open(box.seal('old', 'x'), 'x')).toBe('old');
    expect(() => box.open(both.seal('new', 'x'), 'x')).toThrow(/SECRET_KEYS no longer lists/);
  });

  it('does not open for another place, when changed, or what it never sealed', () => {
    const sealed = box.seal('secret', 'here');
    const [version = '', name = '', iv = '', text = ''] = sealed.split('.');
    const flipped = Buffer.from(text, 'base64url');
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0);
    const changed = [version, name, iv, flipped.toString('base64url')].join('.');
    const cut = [version, name, iv, text.slice(0, 8)].join('.');
    for (const value of [changed, cut, '', 'v1', `${sealed}.x`, sealed.replace('v1', 'v2')]) {
      expect(() => box.open(value, 'here')).toThrow(SecretUnreadable);
    }
    expect(() => box.open(sealed, 'there')).toThrow(SecretUnreadable);
  });
});

describe('the holder box', () => {
  const box = new HolderBox(secretKeys(1));

  it('opens for whoever has the value, also with an older key of SECRET_KEYS', () => {
    const sealed = box.seal('秘密', 'a-key', 'place');
    expect(sealed).not.toBe(box.seal('秘密', 'a-key', 'place'));
    expect(box.open(sealed, 'a-key', 'place')).toBe('秘密');
    expect(new HolderBox(secretKeys(2, 1)).open(sealed, 'a-key', 'place')).toBe('秘密');
  });

  it('does not open with another value, for another place, or without the key of SECRET_KEYS', () => {
    const sealed = box.seal('secret', 'a-key', 'here');
    for (const open of [
      () => box.open(sealed, 'a-kez', 'here'),
      () => box.open(sealed, 'a-key', 'there'),
      () => box.open('', 'a-key', 'here'),
      () => new HolderBox(secretKeys(2)).open(sealed, 'a-key', 'here'),
      () => new SecretBox(secretKeys(1)).open(sealed, 'here'),
    ]) {
      expect(open).toThrow(SecretUnreadable);
    }
  });
});
