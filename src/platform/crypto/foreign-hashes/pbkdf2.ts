import { pbkdf2 as derive, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { bytesOf } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { isKey, LIMITS, MALFORMED, TOO_COSTLY } from './work-limits.js';

const DIGEST_BYTES: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };
const PASSLIB = /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(\d{1,10})\$([^$]+)\$([^$]+)$/;
const PHC = /^\$pbkdf2-(sha1|sha256|sha512)\$i=(\d{1,10})(?:,l=\d{1,4})?\$([^$]+)\$([^$]+)$/;

/** What PBKDF2 is fed with besides the password (RFC 8018 §5.2), and what must come out. */
export interface Pbkdf2Parts {
  readonly stored: string;
  readonly digest: string;
  readonly iterations: number;
  readonly salt: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/** PBKDF2 as passlib writes it, or in the form of the Password Hashing Competition. */
export function pbkdf2(text: string): ForeignReading | undefined {
  const [, digest = 'sha1', iterations, salt, key] = PASSLIB.exec(text) ?? PHC.exec(text) ?? [];
  if (iterations === undefined || salt === undefined || key === undefined) return undefined;
  return pbkdf2Of({ stored: text, digest, iterations: Number(iterations), salt: bytesOf(salt), key: bytesOf(key) });
}

/** PBKDF2 from its parts, whoever wrote them down. */
export function pbkdf2Of({ stored, digest, iterations, salt, key }: Pbkdf2Parts): ForeignReading {
  const digestBytes = DIGEST_BYTES[digest];
  if (digestBytes === undefined) return refused(`uses PBKDF2 with ${digest}, which is not known here`);
  if (salt === undefined || !isKey(key) || iterations < 1) return refused(MALFORMED);
  if (iterations * Math.ceil(key.length / digestBytes) > LIMITS.pbkdf2) return refused(TOO_COSTLY);
  const verify = async (password: string): Promise<boolean> =>
    timingSafeEqual(await promisify(derive)(password, salt, iterations, key.length, digest), key);
  return understood({ stored, verify });
}
