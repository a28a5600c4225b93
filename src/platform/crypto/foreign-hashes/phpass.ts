import { createHash, timingSafeEqual } from 'node:crypto';
import { CRYPT_ALPHABET, cryptBase64 } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { inSlices } from './in-slices.js';
import { LIMITS, TOO_COSTLY } from './work-limits.js';

const PHPASS = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/;
const FEWEST = 7;

/** The portable hashes of phpass, as WordPress (`$P$`) and phpBB (`$H$`) have them: MD5 over and over. */
export function phpass(text: string): ForeignReading | undefined {
  const [, exponent, salt, expected] = PHPASS.exec(text) ?? [];
  if (exponent === undefined || salt === undefined || expected === undefined) return undefined;
  const power = CRYPT_ALPHABET.indexOf(exponent);
  if (power < FEWEST) return refused(`turns fewer than 2^${FEWEST} times`);
  if (power > LIMITS.phpass) return refused(TOO_COSTLY);
  const verify = async (password: string): Promise<boolean> => {
    const typed = Buffer.from(password, 'utf8');
    let digest = md5(Buffer.from(salt, 'latin1'), typed);
    await inSlices(2 ** power, () => {
      digest = md5(digest, typed);
    });
    return timingSafeEqual(Buffer.from(cryptBase64([...digest])), Buffer.from(expected));
  };
  return understood({ stored: text, verify });
}

function md5(one: Buffer, other: Buffer): Buffer {
  return createHash('md5').update(one).update(other).digest();
}
