/** Until when scopes and claims of a grant may be used, in milliseconds since 1970, where that is before the grant ends. */
export interface GrantEnds {
  readonly scopes: Readonly<Record<string, number>>;
  readonly claims: Readonly<Record<string, number>>;
}
