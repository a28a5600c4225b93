const KIB = 1024;

/** The most characters a value may have, by parameter; longer ones are refused, never cut. */
const LIMITS: Readonly<Record<string, number>> = {
  client_id: 255,
  redirect_uri: 2048,
  post_logout_redirect_uri: 2048,
  resource: 2048,
  state: 2048,
  nonce: 512,
  scope: 4096,
  code_challenge: 128,
  code_verifier: 128,
  login_hint: 320,
  logout_hint: 320,
  claims: 16 * KIB,
  id_token_hint: 16 * KIB,
  client_assertion: 16 * KIB,
  request: 16 * KIB,
  request_uri: 2048,
};

/** The limit of one parameter; what has none of its own may fill the body. */
export function lengthLimit(name: string): number {
  return Object.hasOwn(LIMITS, name) ? (LIMITS[name] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}
