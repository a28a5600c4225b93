import { verify } from '@node-rs/bcrypt';
import { type ForeignReading, refused, understood } from './foreign-hash.js';
import { LIMITS, TOO_COSTLY } from './work-limits.js';

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** bcrypt, under each of the names for its one right form: `$2a$`, `$2b$`, `$2y$`. */
export function bcrypt(text: string): ForeignReading | undefined {
  return bcryptOf(text, text, (password) => password);
}

/** bcrypt inside a hash of another name, of something made from the password. */
export function bcryptOf(
  text: string,
  stored: string,
  typed: (password: string) => string,
): ForeignReading | undefined {
  const [, digits] = BCRYPT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const cost = Number(digits);
  if (cost < LIMITS.bcrypt.least) return refused(`has a bcrypt cost below ${LIMITS.bcrypt.least}`);
  if (cost > LIMITS.bcrypt.most) return refused(TOO_COSTLY);
  // Like whoever made it, bcrypt looks at 72 bytes only; the whole password counts once it is hashed anew.
  return understood({ stored, verify: (password) => verify(typed(password), text) });
}
