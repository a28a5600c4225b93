import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import type { Locale } from '#views/index.js';

/** One visit of a signed-in user to a page of their own. */
export interface Visit {
  readonly session: Session;
  readonly user: User;
  readonly locale: Locale;
}
