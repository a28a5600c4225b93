import { scrypt as derive, timingSafeEqual } from 'node:crypto';
import { bytesOf } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { isKey, LIMITS, MALFORMED, TOO_COSTLY } from './work-limits.js';

const PASSLIB = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,4}),p=(\d{1,4})\$([^$]+)\$([^$]+)$/;
const SPARE_BYTES = 1024 * 1024;

/** The cost of scrypt (RFC 7914 §2). */
export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** scrypt as passlib and the Password Hashing Competition write it. */
export function scrypt(text: string): ForeignReading | undefined {
  const [, ln, r, p, salt, key] = PASSLIB.exec(text) ?? [];
  if (ln === undefined || salt === undefined || key === undefined) return undefined;
  const cost = { n: 2 ** Number(ln), r: Number(r), p: Number(p) };
  return scryptOf({ stored: text, cost, salt: bytesOf(salt), key: bytesOf(key) });
}

/** scrypt from its parts, whoever wrote them down. */
export function scryptOf({
  stored,
  cost,
  salt,
  key,
}: {
  readonly stored: string;
  readonly cost: ScryptCost;
  readonly salt: Buffer | undefined;
  readonly key: Buffer | undefined;
}): ForeignReading {
  const problem = costProblem(cost);
  if (problem !== undefined) return refused(problem);
  if (salt === undefined || !isKey(key)) return refused(MALFORMED);
  const verify = async (password: string): Promise<boolean> =>
    timingSafeEqual(await scryptKey(password, salt, cost, key.length), key);
  return understood({ stored, verify });
}

/** What is wrong with a cost, if anything. */
export function costProblem({ n, r, p }: ScryptCost): string | undefined {
  const isPower = Number.isInteger(Math.log2(n)) && n > 1;
  if (!isPower || r < 1 || p < 1) return MALFORMED;
  return 128 * n * r > LIMITS.scryptBytes || n * r * p > LIMITS.scryptWork ? TOO_COSTLY : undefined;
}

/** Derives a key in the thread pool. */
export function scryptKey(password: string, salt: Buffer, { n, r, p }: ScryptCost, bytes: number): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 128 * n * r + 128 * r * p + SPARE_BYTES };
  return new Promise((resolve, reject) => {
    derive(password, salt, bytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
