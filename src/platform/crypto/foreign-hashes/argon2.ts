import { parseOptions, verify } from '@node-rs/argon2';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { LIMITS, MALFORMED, TOO_COSTLY } from './work-limits.js';

const ARGON2 = /^\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?[a-z]=[^$]+\$[^$]+\$[^$]+$/;
const SHORTEST_KEY = 16;

/** Argon2 in each variant and version (RFC 9106 §3.1), at a cost that somebody else chose. */
export function argon2(text: string): ForeignReading | undefined {
  return argon2Of(text, text);
}

/** Argon2 inside a hash of another name. */
export function argon2Of(text: string, stored: string): ForeignReading | undefined {
  if (!ARGON2.test(text)) return undefined;
  const cost = costOf(text);
  if (cost === undefined || cost.outputLen < SHORTEST_KEY) return refused(MALFORMED);
  const { memoryCost, timeCost, parallelism } = cost;
  const tooCostly =
    memoryCost > LIMITS.argon2Kib || memoryCost * timeCost > LIMITS.argon2Work || parallelism > LIMITS.argon2Lanes;
  return tooCostly ? refused(TOO_COSTLY) : understood({ stored, verify: (password) => verify(text, password) });
}

function costOf(text: string): ReturnType<typeof parseOptions> | undefined {
  try {
    return parseOptions(text);
  } catch {
    return undefined;
  }
}
