import { createCipheriv, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../digest.js';
import { base64, bytesOf } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { costProblem, scryptKey } from './scrypt.js';
import { isKey, MALFORMED } from './work-limits.js';

const BROUGHT = /^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,4})\$([^$]+)\$([^$]*)\$([^$]+)\$([^$]+)$/;
const KEPT = /^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,4})\$([^$]+)\$([^$]*)\$@([A-Za-z0-9_-]{43})\$([^$]+)$/;
const KEY_BYTES = 32;
const DERIVED_BYTES = 64;

/**
 * The modified scrypt of Firebase: `$firebase-scrypt$ln=<memory cost>,r=<rounds>$<salt>$<salt separator>$<signer key>$<hash>`.
 * The signer key encrypts, so that it is a secret of all hashes: it is kept apart, and the hash names it by its digest.
 */
export function firebaseScrypt(text: string): ForeignReading | undefined {
  const kept = KEPT.exec(text);
  const [, ln, r, saltText = '', separatorText = '', signer = '', keyText = ''] = kept ?? BROUGHT.exec(text) ?? [];
  if (ln === undefined) return undefined;
  const cost = { n: 2 ** Number(ln), r: Number(r), p: 1 };
  const problem = costProblem(cost);
  if (problem !== undefined) return refused(problem);
  const [salt, separator, key] = [bytesOf(saltText), optionalBytes(separatorText), bytesOf(keyText)];
  if (salt === undefined || separator === undefined || !isKey(key)) return refused(MALFORMED);
  const value = kept === null ? bytesOf(signer) : undefined;
  if (kept === null && value?.length !== key.length) return refused('has a signer key of another length than its hash');
  const id = value === undefined ? signer : sha256(value.toString('base64'));
  const verify = async (password: string, secret = value): Promise<boolean> => {
    if (secret?.length !== key.length) return false;
    const derived = await scryptKey(password, Buffer.concat([salt, separator]), cost, DERIVED_BYTES);
    const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, KEY_BYTES), Buffer.alloc(16));
    return timingSafeEqual(Buffer.concat([cipher.update(secret), cipher.final()]), key);
  };
  const stored = `$firebase-scrypt$ln=${ln},r=${r ?? ''}$${base64(salt)}$${base64(separator)}$@${id}$${base64(key)}`;
  return understood({ stored, secret: { id, ...(value === undefined ? {} : { value }) }, verify });
}

function optionalBytes(text: string): Buffer | undefined {
  return text === '' ? Buffer.alloc(0) : bytesOf(text);
}
