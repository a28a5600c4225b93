const MIB = 1024 * 1024;

/** The most work that one comparison may be: about two seconds of one core, and memory that a small machine has. */
export const LIMITS = {
  bcrypt: { least: 4, most: 15 },
  /** Iterations of each block of a key. */
  pbkdf2: 5_000_000,
  scryptBytes: 256 * MIB,
  /** N · r · p. */
  scryptWork: 2 ** 22,
  shaCrypt: 1_000_000,
  /** The exponent of its turns. */
  phpass: 18,
  argon2Kib: 256 * 1024,
  /** KiB times passes. */
  argon2Work: 4 * 256 * 1024,
  argon2Lanes: 16,
} as const;

/** What is said of a hash that costs too much. */
export const TOO_COSTLY = 'takes more work to compare than is done for a sign-in';

/** What is said of a hash whose parts make no sense. */
export const MALFORMED = 'is not well-formed';

/** Fewer bytes of a key can be met by chance. */
const SHORTEST_KEY = 16;
const LONGEST_KEY = 128;

/** Whether a key that is compared can be the end of a hash. */
export function isKey(key: Buffer | undefined): key is Buffer {
  return key !== undefined && key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY;
}
