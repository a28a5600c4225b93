import { argon2 } from './argon2.js';
import { bcrypt } from './bcrypt.js';
import { django } from './django.js';
import { firebaseScrypt } from './firebase-scrypt.js';
import { type ForeignFormat, type ForeignReading, refused } from './foreign-hash.js';
import { keycloak } from './keycloak.js';
import { pbkdf2 } from './pbkdf2.js';
import { phpass } from './phpass.js';
import { scrypt } from './scrypt.js';
import { shaCrypt } from './sha-crypt.js';

/** Every format that is understood. */
const FORMATS: readonly ForeignFormat[] = [
  argon2,
  bcrypt,
  pbkdf2,
  scrypt,
  shaCrypt,
  phpass,
  django,
  firebaseScrypt,
  keycloak,
];

const LONGEST_TEXT = 4096;
/** What the column takes. */
const LONGEST_STORED = 512;

/** Reads a password hash that another system made; never throws, and refuses what costs too much to compare. */
export function readForeignHash(text: string): ForeignReading {
  if (text.length > LONGEST_TEXT) return refused('is longer than any hash');
  for (const format of FORMATS) {
    const reading = format(text);
    if (reading === undefined) continue;
    const tooLong = reading.outcome === 'read' && reading.hash.stored.length > LONGEST_STORED;
    return tooLong ? refused('is longer than any hash') : reading;
  }
  return refused('is not a password hash of a format that is known here');
}
