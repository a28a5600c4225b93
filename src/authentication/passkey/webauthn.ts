/** The WebAuthn library, read when the first passkey is used: with its ASN.1 schemas it is a tenth of an idle process. */
export function webauthn(): Promise<typeof import('@simplewebauthn/server')> {
  return import('@simplewebauthn/server');
}
