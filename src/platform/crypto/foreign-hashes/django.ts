import { createHash } from 'node:crypto';
import { argon2Of } from './argon2.js';
import { bytesOf } from './base64.js';
import { bcryptOf } from './bcrypt.js';
import { type ForeignReading } from './foreign-hash.js';
import { pbkdf2Of } from './pbkdf2.js';
import { scryptOf } from './scrypt.js';

const PBKDF2 = /^pbkdf2_(sha1|sha256)\$(\d{1,10})\$([^$]+)\$([^$]+)$/;
const SCRYPT = /^scrypt\$(\d{1,8})\$([^$]+)\$(\d{1,4})\$(\d{1,4})\$([^$]+)$/;
const WRAPPED = /^(argon2|bcrypt|bcrypt_sha256)(\$.+)$/;

/** What Django keeps: the name of a hasher, and what the hasher made. */
export function django(text: string): ForeignReading | undefined {
  return pbkdf2Form(text) ?? scryptForm(text) ?? wrapped(text);
}

function pbkdf2Form(text: string): ForeignReading | undefined {
  const [, digest, iterations, salt, key] = PBKDF2.exec(text) ?? [];
  if (digest === undefined || salt === undefined || key === undefined) return undefined;
  const parts = { digest, iterations: Number(iterations), salt: Buffer.from(salt, 'utf8'), key: bytesOf(key) };
  return pbkdf2Of({ stored: text, ...parts });
}

function scryptForm(text: string): ForeignReading | undefined {
  const [, n, salt, r, p, key] = SCRYPT.exec(text) ?? [];
  if (n === undefined || salt === undefined || key === undefined) return undefined;
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  return scryptOf({ stored: text, cost, salt: Buffer.from(salt, 'utf8'), key: bytesOf(key) });
}

function wrapped(text: string): ForeignReading | undefined {
  const [, hasher, inner] = WRAPPED.exec(text) ?? [];
  if (hasher === undefined || inner === undefined) return undefined;
  if (hasher === 'argon2') return argon2Of(`$${inner.slice(1)}`, text);
  const typed = hasher === 'bcrypt' ? (password: string) => password : sha256Hex;
  return bcryptOf(inner.slice(1), text, typed);
}

function sha256Hex(password: string): string {
  return createHash('sha256').update(password, 'utf8').digest('hex');
}
