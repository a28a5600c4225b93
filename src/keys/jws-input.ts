import { bytesOf } from './base64url.js';
import { parseJsonObject } from './strict-json.js';

/** A signed token taken apart and checked for everything but its signature. */
export interface JwsInput {
  readonly alg: string;
  readonly kid: string | undefined;
  readonly claims: Record<string, unknown>;
}

/** What a place accepts. */
export interface AcceptedJws {
  readonly algorithms: readonly string[];
  /** The kinds of token; `undefined` among them accepts one that does not say its kind. */
  readonly typ: readonly (string | undefined)[];
  /** Set where a shared secret checks the token, and no public key does. */
  readonly symmetric?: true;
}

type Parsed = { readonly ok: true; readonly input: JwsInput } | { readonly ok: false; readonly detail: string };

/** The longest header of a token that others made. */
export const LONGEST_HEADER_BYTES = 4096;

/** Takes a compact JWS apart by the rules for what others send (RFC 7515 §5.2, RFC 8725 §3). */
export function parseJws(token: string, accepted: AcceptedJws): Parsed {
  const segments = token.split('.').map(bytesOf);
  const [headerBytes, claimsBytes, signature] = segments;
  if (segments.length !== 3 || !headerBytes || !claimsBytes || !signature) {
    return refused('not three segments of base64url');
  }
  if (headerBytes.length > LONGEST_HEADER_BYTES) return refused('the header is longer than 4 KiB');
  const header = parseJsonObject(headerBytes);
  if (!header) return refused('the header is not a JSON object with distinct members');
  const problem = headerProblem(header, accepted);
  if (problem !== undefined) return refused(problem);
  const claims = parseJsonObject(claimsBytes);
  if (!claims) return refused('the payload is not a JSON object with distinct members');
  return { ok: true, input: { alg: String(header['alg']), kid: header['kid'] as string | undefined, claims } };
}

function refused(detail: string): Parsed {
  return { ok: false, detail };
}

function headerProblem(header: Record<string, unknown>, accepted: AcceptedJws): string | undefined {
  // Keys in the header (jku, jwk, x5u, x5c) are never looked at: RFC 8725 §3.10.
  if ('crit' in header) return 'the header has critical extensions'; // RFC 7515 §4.1.11: none is understood here
  if ('b64' in header && header['b64'] !== true) return 'the payload is not encoded'; // RFC 7797 §3
  if (!isAcceptedAlgorithm(header['alg'], accepted)) return 'the algorithm is not accepted here';
  if (!isAcceptedType(header['typ'], accepted.typ)) return 'the type is not accepted here';
  if (header['kid'] !== undefined && typeof header['kid'] !== 'string') return 'the key id is not a text';
  return undefined;
}

const BY_PUBLIC_KEY = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/;
const BY_SECRET = /^HS(?:256|384|512)$/;

/** RFC 8725 §3.1: the set is ours, and holds only what a public key can check, or only what a secret can. */
function isAcceptedAlgorithm(alg: unknown, { algorithms, symmetric }: AcceptedJws): boolean {
  if (typeof alg !== 'string' || !(symmetric === true ? BY_SECRET : BY_PUBLIC_KEY).test(alg)) return false;
  // RFC 8037 §3.1 and RFC 9864 §2.2: two names of one algorithm.
  const names = alg === 'EdDSA' || alg === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [alg];
  return names.some((name) => algorithms.includes(name));
}

/** RFC 7515 §4.1.9: a media type, compared without regard to case, whose `application/` may be left out. */
function isAcceptedType(typ: unknown, accepted: readonly (string | undefined)[]): boolean {
  if (typ === undefined) return accepted.includes(undefined);
  return typeof typ === 'string' && accepted.some((one) => one !== undefined && mediaType(one) === mediaType(typ));
}

/** What a `typ` or `cty` says, in the one form in which two of them can be compared (RFC 7515 §4.1.9, §4.1.10). */
export function mediaType(typ: string): string {
  const lower = typ.toLowerCase();
  return lower.startsWith('application/') && lower.lastIndexOf('/') === 11 ? lower.slice(12) : lower;
}
