import type { Client } from '#clients/index.js';
import type { User } from '#users/index.js';
import type { Interaction } from '../interaction.js';
import type { Visitor } from '../turn.js';
import type { PendingSignIn } from './sign-in-progress.js';

/** One visit to the page of a step, by whoever is signing in; the session is the one that the browser had before. */
export interface SignInVisit extends Visitor {
  readonly pending: PendingSignIn;
  /** Who is signing in. */
  readonly user: User;
  /** The secret that names the browser; forms are bound to it and to the sign-in. */
  readonly browser: string;
  readonly interaction?: Interaction | undefined;
  readonly client?: Client | undefined;
}
