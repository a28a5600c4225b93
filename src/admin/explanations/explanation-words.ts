type Facts = Readonly<Record<string, unknown>>;

/** What each rule saw, in words; a rule without words of its own is explained by its clause. */
const WORDS: Readonly<Record<string, (facts: Facts) => string>> = {
  'redirect_uri.unregistered': ({ presented, registered, differs_at: at }) =>
    registered === undefined
      ? `The client has no redirect_uri registered, and ${String(presented)} was sent.`
      : `The redirect_uri ${String(presented)} differs at character ${text(at)} from the registered ${text(registered)}.`,
  'parameter.missing': ({ parameter }) => `The parameter ${String(parameter)} is missing.`,
  'code_challenge.missing': () => 'The client must use PKCE, and the request has no code_challenge.',
  'code_challenge.method': ({ method }) => `The code_challenge_method is ${String(method)}; only S256 is taken.`,
  'code_challenge.malformed': ({ length }) =>
    `The code_challenge has ${String(length)} characters; the base64url of a SHA-256 digest has 43.`,
  'response_type.unregistered': ({ presented, registered }) =>
    `The response_type is ${String(presented)}; the client is registered for ${list(registered)}.`,
  'scope.none': ({ asked, registered }) =>
    `The client asked for ${list(asked)} and may ask for ${list(registered)}: nothing is left.`,
  'code.state': ({ state }) => CODE_STATES[String(state)] ?? `The code is ${String(state)}.`,
  'code.client': () => 'The code was issued to another client than the one that redeems it.',
  'code.redirect_uri': ({ presented, earlier, differs_at: at }) =>
    at === undefined
      ? `The redirect_uri is missing; the authorization request had ${String(earlier)}.`
      : `The redirect_uri ${String(presented)} differs at character ${text(at)} from ${text(earlier)} of the authorization request.`,
  'code.verifier': ({ challenged, length }) => verifierWords(challenged === true, Number(length)),
  'refresh_token.state': ({ state }) => `The refresh token is ${String(state)}.`,
  'grant_type.unregistered': ({ presented, registered }) =>
    `The grant_type is ${String(presented)}; the client is registered for ${list(registered)}.`,
  'client.unknown': () => 'There is no client of this client_id.',
  'client.disabled': () => 'The client is disabled.',
  'client.method': ({ presented, registered }) =>
    `The client authenticated by ${String(presented)}; it is registered for ${String(registered)}.`,
  'client.unproven': ({ method }) =>
    `The client did not prove itself by ${String(method)}: the secret or key is not one of its own.`,
  client_assertion: assertionWords,
};

const CODE_STATES: Readonly<Record<string, string>> = {
  unknown: 'There is no such code: it was never issued here, or it is long gone.',
  expired: 'The code has expired.',
  redeemed: 'The code was redeemed before; what it yielded has ended.',
};

/** Says why a request was refused. */
export function explanationWords(rule: string | null, clause: string, facts: Facts): string {
  const words = rule === null ? undefined : WORDS[rule];
  return words === undefined ? `The request does not do what ${clause} demands.` : words(facts);
}

function verifierWords(challenged: boolean, length: number): string {
  if (!challenged) return 'A code_verifier was sent although the authorization request had no code_challenge.';
  if (length === 0) return 'The code_verifier is missing; the authorization request had a code_challenge.';
  if (length < 43 || length > 128) return `The code_verifier has ${length} characters; it must have 43 to 128.`;
  return 'The code_verifier does not fit the code_challenge: it is that of another request.';
}

const SKEW_SECONDS = 10;

function assertionWords({ exp, iat, nbf }: Facts): string {
  const ahead = Math.max(...[iat, nbf].map((time) => (typeof time === 'number' ? time : 0)));
  if (ahead > SKEW_SECONDS) return `The clock of the client is ${ahead} s ahead: its assertion is not valid yet.`;
  if (typeof exp !== 'number') return 'The client assertion has no exp.';
  if (exp <= -SKEW_SECONDS) return `The client assertion expired ${-exp} s ago.`;
  return 'A claim of the client assertion is not as it must be: iss and sub name the client, aud the issuer, jti is there.';
}

function list(names: unknown): string {
  return Array.isArray(names) && names.length > 0 ? names.join(', ') : 'nothing';
}

function text(fact: unknown): string {
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '';
}
