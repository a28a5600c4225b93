import type { Client } from '#clients/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import type { Locale } from '#views/index.js';
import type { Interaction } from './interaction.js';

/** Whoever asks for a page: their browser, and the user if one is signed in. */
export interface Visitor {
  readonly session?: Session | undefined;
  readonly user?: User | undefined;
  readonly locale: Locale;
}

/** One visit to a page of an interaction. */
export interface Turn extends Visitor {
  /** The secret that names the browser; forms are bound to it. */
  readonly browser: string;
  readonly interaction: Interaction;
  readonly client: Client;
}

/** A visit by somebody who is signed in. */
export type SignedInTurn = Turn & { readonly session: Session; readonly user: User };

/** Whether somebody is signed in, whose account still exists. */
export function isSignedIn(turn: Turn): turn is SignedInTurn {
  return turn.session !== undefined && turn.user?.status === 'active';
}
