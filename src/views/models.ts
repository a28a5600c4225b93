import type { IconName } from './components/icon.js';

/** What a page may say about a client; client-supplied text is cleaned where it is shown, never by the caller. */
export interface ClientCard {
  readonly name: string;
  /** The host that the user returns to, as in `travel.acme.example`. */
  readonly host?: string | undefined;
  /** Who is responsible for the client, as in `Finance IT`. */
  readonly owner?: string | undefined;
  /** A logo served by this very service (a path below the issuer); anything else is replaced by the client's first letter. */
  readonly logoUri?: string | undefined;
  readonly clientUri?: string | undefined;
  readonly policyUri?: string | undefined;
  readonly tosUri?: string | undefined;
  /** False for a client that registered itself and nobody has checked. */
  readonly vetted: boolean;
}

/** What a page says about the user whose account is in use. */
export interface AccountCard {
  readonly name: string;
  readonly username: string;
  readonly email?: string | undefined;
  readonly pictureInitials: string;
  /** The claim `picture`; shown when this service keeps it. */
  readonly picture?: string | undefined;
}

/** Where a form posts and the token that proves it came from one of our own pages. */
export interface FormTarget {
  readonly action: string;
  readonly csrf: string;
}

/** One thing that a client asks for. */
export interface ScopeItem {
  readonly name: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** The actual value that would be released, as in `alice@acme.example`. */
  readonly value?: string | undefined;
  /** What such data looks like, where there is no actual value to show. */
  readonly example?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly sensitive?: boolean | undefined;
  /** Required ones are shown and not posted. */
  readonly required: boolean;
  readonly ticked: boolean;
  /** Marked as new; say it only when something was approved before. */
  readonly isNew: boolean;
  /** Approved before, with another meaning than it has now. */
  readonly isChanged?: boolean | undefined;
}

/** Things of one kind that a client asks for. */
export interface ScopeGroup {
  readonly kind: 'identity' | 'resource' | 'act' | 'offline';
  /** The API's name, for the kinds `resource` and `act`. */
  readonly resourceName?: string | undefined;
  readonly scopes: readonly ScopeItem[];
}
