import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The digest under which an unguessable value is stored and looked up: SHA-256 in base64url, 43 characters. */
export function sha256(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('base64url');
}

/** SHA-1 in upper-case hexadecimal: the form in which lists of leaked passwords are asked, and good for nothing else. */
export function leakedPasswordDigest(password: string): string {
  return createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
}

/** Compares two texts without telling by the time it takes where they differ; only that one is longer may be seen. */
export function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** HMAC-SHA-256 in hexadecimal digits: what shows to whoever shares the key that this value came from a holder of it. */
export function keyedDigest(key: string, value: string): string {
  return createHmac('sha256', key).update(value, 'utf8').digest('hex');
}
