/** A claim granted by its name, with the values that the client will take; any when absent (OIDC Core §5.5.1). */
export interface GrantedClaim {
  readonly name: string;
  readonly values?: readonly unknown[];
}

/** The claims granted by their names, by where they are released (OIDC Core §5.5). */
export interface GrantedClaims {
  readonly userinfo: readonly GrantedClaim[];
  readonly idToken: readonly GrantedClaim[];
}
