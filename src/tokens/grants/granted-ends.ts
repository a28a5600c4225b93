/** Until when scopes and claims of a grant may be used, in milliseconds since 1970, where that is before the grant ends. */
export interface GrantEnds {
  readonly scopes: Readonly<Record<string, number>>;
  readonly claims: Readonly<Record<string, number>>;
  /** The scopes that only the company approved: they may be used as long as it does. */
  readonly company?: readonly string[];
}
