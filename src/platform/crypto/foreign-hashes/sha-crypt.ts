import { createHash, timingSafeEqual } from 'node:crypto';
import { cryptBase64 } from './base64.js';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { inSlices } from './in-slices.js';
import { LIMITS, TOO_COSTLY } from './work-limits.js';

const SHA_CRYPT = /^\$([56])\$(?:rounds=(\d{1,10})\$)?([^$\s]{0,16})\$([./0-9A-Za-z]+)$/;
const DEFAULT_ROUNDS = 5000;
const FEWEST_ROUNDS = 1000;

interface Kind {
  readonly digest: 'sha256' | 'sha512';
  readonly bytes: number;
  /** Where the bytes of the digest go, three to a group; what is left over comes last. */
  readonly order: readonly number[];
  readonly characters: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  5: { digest: 'sha256', bytes: 32, order: [...groups(30, 10, 21), 30, 31], characters: 43 },
  6: { digest: 'sha512', bytes: 64, order: [...groups(63, 21, 22), 63], characters: 86 },
};

/** SHA-crypt (`$5$`, `$6$`), as Unix systems keep passwords. */
export function shaCrypt(text: string): ForeignReading | undefined {
  const [, id = '', given, salt, expected] = SHA_CRYPT.exec(text) ?? [];
  const kind = KINDS[id];
  if (kind === undefined || salt === undefined || expected?.length !== kind.characters) return undefined;
  const rounds = given === undefined ? DEFAULT_ROUNDS : Math.max(FEWEST_ROUNDS, Number(given));
  if (rounds > LIMITS.shaCrypt) return refused(TOO_COSTLY);
  const verify = async (password: string): Promise<boolean> => {
    const digest = await shaCryptDigest(Buffer.from(password, 'utf8'), Buffer.from(salt, 'utf8'), rounds, kind);
    const found = cryptBase64(kind.order.map((index) => digest[index] ?? 0));
    return timingSafeEqual(Buffer.from(found), Buffer.from(expected));
  };
  return understood({ stored: text, verify });
}

/** The steps of the specification (U. Drepper, "Unix crypt using SHA-256 and SHA-512"). */
async function shaCryptDigest(key: Buffer, salt: Buffer, rounds: number, { digest, bytes }: Kind): Promise<Buffer> {
  const hash = (...parts: readonly Buffer[]): Buffer => createHash(digest).update(Buffer.concat(parts)).digest();
  const both = hash(key, salt, key);
  let state = hash(key, salt, stretched(both, key.length), ...bitsOf(key.length).map((bit) => (bit ? both : key)));
  const keys = stretched(hash(...Array.from({ length: key.length }, () => key)), key.length);
  const salts = stretched(hash(...Array.from({ length: 16 + (state[0] ?? 0) }, () => salt)), salt.length);
  await inSlices(rounds, (round) => {
    const odd = round % 2 === 1;
    state = hash(
      odd ? keys : state,
      ...(round % 3 === 0 ? [] : [salts]),
      ...(round % 7 === 0 ? [] : [keys]),
      odd ? state : keys,
    );
  });
  if (state.length !== bytes) throw new Error('a digest has another length than its name says');
  return state;
}

/** A digest repeated, and cut, to a length. */
function stretched(digest: Buffer, length: number): Buffer {
  return Buffer.alloc(length, digest);
}

/** The bits of a number, the lowest first. */
function bitsOf(number: number): boolean[] {
  return number === 0
    ? []
    : Array.from(number.toString(2))
        .reverse()
        .map((bit) => bit === '1');
}

/** The order of the bytes: each group takes one from every third, and begins with the next third each time. */
function groups(bytes: number, third: number, step: number): number[] {
  const order: number[] = [];
  let [first, second, last] = [0, third, 2 * third];
  for (let count = 0; count < bytes / 3; count += 1) {
    order.push(last, second, first);
    [first, second, last] = [first, second, last].map((index) => (index + step) % bytes) as [number, number, number];
  }
  return order;
}
