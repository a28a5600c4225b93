import {
  CONTENT_ENCRYPTION_ALGORITHMS,
  KEY_ENCRYPTION_ALGORITHMS,
  type ContentEncryptionAlgorithm,
  type KeyEncryptionAlgorithm,
} from '#standards/jose.js';
import { bytesOf } from './base64url.js';
import { LONGEST_HEADER_BYTES, mediaType } from './jws-input.js';
import { parseJsonObject } from './strict-json.js';

/** The header of an encrypted token, checked before any key is touched. */
export interface JweInput {
  readonly alg: KeyEncryptionAlgorithm;
  readonly enc: ContentEncryptionAlgorithm;
  readonly kid: string | undefined;
}

/** What a place accepts. */
export interface AcceptedJwe {
  readonly algorithms: readonly KeyEncryptionAlgorithm[];
  readonly encryptions: readonly ContentEncryptionAlgorithm[];
  /** What may be inside; a token that does not say it is accepted. */
  readonly cty: readonly string[];
}

type Parsed = { readonly ok: true; readonly input: JweInput } | { readonly ok: false; readonly detail: string };
type Header = Readonly<Record<string, unknown>>;

const SEGMENTS = 5;

/** Says whether a text has the form of an encrypted token, and not of a signed one (RFC 7516 §9). */
export function isEncrypted(token: string): boolean {
  return token.split('.').length === SEGMENTS;
}

/** Takes the header of a compact JWE apart by the rules for what others send (RFC 7516 §5.2, RFC 8725 §3). */
export function parseJwe(token: string, accepted: AcceptedJwe): Parsed {
  const [header, wrappedKey = '', ...rest] = token.split('.');
  const headerBytes = header === undefined ? undefined : bytesOf(header);
  const inForm = rest.length === SEGMENTS - 2 && [...rest, ...nonEmpty(wrappedKey)].every((part) => bytesOf(part));
  if (!headerBytes || !inForm) return refused('not five segments of base64url');
  if (headerBytes.length > LONGEST_HEADER_BYTES) return refused('the header is longer than 4 KiB');
  const members = parseJsonObject(headerBytes);
  if (!members) return refused('the header is not a JSON object with distinct members');
  return inputOf(members, accepted);
}

/** The key is not wrapped where it is agreed on directly (RFC 7516 §5.1, step 5). */
function nonEmpty(segment: string): string[] {
  return segment === '' ? [] : [segment];
}

function inputOf(header: Header, accepted: AcceptedJwe): Parsed {
  const alg = KEY_ENCRYPTION_ALGORITHMS.find((one) => one === header['alg'] && accepted.algorithms.includes(one));
  const enc = CONTENT_ENCRYPTION_ALGORITHMS.find((one) => one === header['enc'] && accepted.encryptions.includes(one));
  if (alg === undefined) return refused('the algorithm that wraps the key is not accepted here');
  if (enc === undefined) return refused('the algorithm that encrypts the content is not accepted here');
  const problem = headerProblem(header, accepted);
  if (problem !== undefined) return refused(problem);
  return { ok: true, input: { alg, enc, kid: header['kid'] as string | undefined } };
}

function headerProblem(header: Header, { cty: inside }: AcceptedJwe): string | undefined {
  const { cty, kid } = header;
  if ('crit' in header) return 'the header has critical extensions'; // RFC 7516 §4.1.13: none is understood here
  if ('zip' in header) return 'the content is compressed'; // RFC 8725 §3.6: its length would betray what is in it
  if (kid !== undefined && typeof kid !== 'string') return 'the key id is not a text';
  if (cty !== undefined && !(typeof cty === 'string' && isAmong(cty, inside))) return 'the content is of another type';
  return undefined;
}

function isAmong(cty: string, types: readonly string[]): boolean {
  return types.some((type) => mediaType(type) === mediaType(cty));
}

function refused(detail: string): Parsed {
  return { ok: false, detail };
}
