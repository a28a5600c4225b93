import type { ScopePresentation } from './scope-words.js';

/** One thing a client can ask for (RFC 6749 §3.3). */
export interface Scope extends ScopePresentation {
  readonly name: string;
  /** The identifier of the one resource the scope belongs to; null for the standard scopes of OpenID Connect. */
  readonly resourceIdentifier: string | null;
  /** True for the standard and admin scopes, which cannot be changed. */
  readonly builtIn: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
