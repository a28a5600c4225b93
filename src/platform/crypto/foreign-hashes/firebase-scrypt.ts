import { createCipheriv, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../digest.js';
import { base64, bytesOf } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { costProblem, scryptKey, type ScryptCost } from './scrypt.js';
import { isKey, MALFORMED } from './work-limits.js';

const FIREBASE = /^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,4})\$([^$]+)\$([^$]*)\$([^$]+)\$([^$]+)$/;
/** How a signer key is written that is kept apart: by its digest. */
const NAMED = /^@([A-Za-z0-9_-]{43})$/;
const KEY_BYTES = 32;
const DERIVED_BYTES = 64;

interface Parts {
  readonly cost: ScryptCost;
  readonly salt: Buffer;
  readonly separator: Buffer;
  readonly key: Buffer;
}

/**
 * The modified scrypt of Firebase: `$firebase-scrypt$ln=<memory cost>,r=<rounds>$<salt>$<salt separator>$<signer key>$<hash>`.
 * The signer key encrypts, so that it is a secret of all hashes: it is kept apart, and the hash names it by its digest.
 */
export function firebaseScrypt(text: string): ForeignReading | undefined {
  const found = FIREBASE.exec(text);
  if (found === null) return undefined;
  const [ln, r, salt, separator, signer, key] = found.slice(1) as [string, string, string, string, string, string];
  const cost = { n: 2 ** Number(ln), r: Number(r), p: 1 };
  const problem = costProblem(cost);
  if (problem !== undefined) return refused(problem);
  const bytes = { salt: bytesOf(salt), separator: separator === '' ? Buffer.alloc(0) : bytesOf(separator) };
  const expected = bytesOf(key);
  if (bytes.salt === undefined || bytes.separator === undefined || !isKey(expected)) return refused(MALFORMED);
  return signed({ cost, salt: bytes.salt, separator: bytes.separator, key: expected }, signer);
}

function signed(parts: Parts, signer: string): ForeignReading {
  const [, named] = NAMED.exec(signer) ?? [];
  const value = named === undefined ? bytesOf(signer) : undefined;
  const { cost, salt, separator, key } = parts;
  if (named === undefined && value?.length !== key.length) {
    return refused('has a signer key of another length than its hash');
  }
  const id = named ?? sha256(value?.toString('base64') ?? '');
  const head = `$firebase-scrypt$ln=${Math.log2(cost.n)},r=${cost.r}`;
  return understood({
    stored: `${head}$${base64(salt)}$${base64(separator)}$@${id}$${base64(key)}`,
    secret: { id, ...(value === undefined ? {} : { value }) },
    verify: (password, secret = value) => matches(parts, password, secret),
  });
}

async function matches({ cost, salt, separator, key }: Parts, password: string, secret?: Buffer): Promise<boolean> {
  if (secret?.length !== key.length) return false;
  const derived = await scryptKey(password, Buffer.concat([salt, separator]), cost, DERIVED_BYTES);
  const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, KEY_BYTES), Buffer.alloc(16));
  return timingSafeEqual(Buffer.concat([cipher.update(secret), cipher.final()]), key);
}
