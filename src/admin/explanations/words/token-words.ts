import { list, text, type Facts } from './words.js';

/** How far the clock of a client may be from ours. */
const SKEW_SECONDS = 10;
const LONGEST_LIFE_SECONDS = 300;

/** What is wrong with the claims of an assertion, in the order in which they are judged. */
export function assertionWords(facts: Facts): string {
  const what = 'The client assertion';
  if (facts['names_client'] === false) return `${what} does not have the client_id as its iss and its sub.`;
  if (facts['audience_fits'] === false) return audienceWords(what, facts);
  const { exp, iat } = facts;
  if (typeof exp !== 'number') return `${what} has no exp.`;
  const times = timeWords('client assertion', facts);
  if (times !== undefined) return times;
  if (exp > LONGEST_LIFE_SECONDS + SKEW_SECONDS) return `${what} is good for ${exp} s more; 300 s are the most.`;
  if (typeof iat === 'number' && -iat > LONGEST_LIFE_SECONDS)
    return `${what} was made ${-iat} s ago; 300 s are the most.`;
  return facts['jti_fits'] === false
    ? `${what} has no jti, or a longer one than 255 characters.`
    : `${what} has a time that is no number.`;
}

/** The same of a request object. */
export function requestObjectWords(facts: Facts): string {
  const what = 'The request object';
  if (facts['names_client'] === false)
    return `${what} is not issued by the client: iss is another, or sub is the client.`;
  if (facts['audience_fits'] === false) return audienceWords(what, facts);
  if (facts['nested'] === true) return `${what} holds a request or request_uri itself.`;
  const times = timeWords('request object', facts);
  if (times !== undefined) return times;
  return facts['jti_fits'] === false
    ? `${what} has an empty jti, or one of more than 255 characters.`
    : `${what} has a time that is no number.`;
}

/** Why a signature does not hold. */
export function signatureWords(what: string): (facts: Facts) => string {
  return ({ cause, kid, alg }) => {
    const named = kid === undefined ? '' : ` ${text(kid)}`;
    if (cause === 'key-unknown')
      return `The ${what} is signed with the key${named}, and the client has no such key for ${text(alg)}.`;
    if (cause === 'no-keys') return `The ${what} cannot be checked: no keys of the client can be had.`;
    if (cause === 'signature') return `The ${what} is not signed with the key${named} of the client.`;
    return `The ${what} is no signed JWT of a kind and algorithm that is taken: its alg is ${text(alg) || 'missing'}.`;
  };
}

function audienceWords(what: string, { audience, expected_audience: expected }: Facts): string {
  return `${what} has ${list(audience)} as its aud; it must have ${text(expected)} and nothing else.`;
}

function timeWords(what: string, { exp, iat, nbf }: Facts): string | undefined {
  if (typeof exp === 'number' && exp <= -SKEW_SECONDS) {
    const behind =
      typeof iat === 'number' && iat < -SKEW_SECONDS ? `, or the clock of the client is ${-iat} s behind` : '';
    return `The ${what} expired ${-exp} s ago${behind}.`;
  }
  const ahead = Math.max(...[iat, nbf].map((time) => (typeof time === 'number' ? time : 0)));
  return ahead > SKEW_SECONDS
    ? `The clock of the client is ${ahead} s ahead: its ${what} is not valid yet.`
    : undefined;
}
