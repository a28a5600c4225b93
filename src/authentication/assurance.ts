/** How sure we are of who signed in, as the `acr` claim says it (OIDC Core §2). */
export const ACR = { None: '0', OneFactor: '1' } as const;

/** One of the values of `ACR`. */
export type Acr = (typeof ACR)[keyof typeof ACR];

/** The authentication context that the methods of a sign-in amount to (RFC 8176 §2, OIDC Core §2). */
export function assurance(amr: readonly string[]): Acr {
  return amr.length === 0 ? ACR.None : ACR.OneFactor;
}
