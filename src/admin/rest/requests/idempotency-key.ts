import { sha256 } from '#platform/crypto/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { canonicalJson } from './entity-tag.js';

/** Who asks for what, as far as it tells one use of an Idempotency-Key from another. */
export interface KeyedRequest {
  readonly clientId: string;
  readonly subject: string;
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  readonly body: unknown;
}

/** A use of an Idempotency-Key: under which digest it is stored, and what was asked with it. */
export interface KeyUse {
  readonly key: string;
  readonly id: string;
  readonly fingerprint: string;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/** Reads the Idempotency-Key of a request: 1 to 255 visible ASCII characters. */
export function readIdempotencyKey(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && KEY.test(header)) return header;
  throw new ProblemDetails({ status: 400, detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters.' });
}

/** What is kept of a key: a digest of it with caller, method and path, and one of what was sent. */
export function keyUse(key: string, { clientId, subject, method, path, query, body }: KeyedRequest): KeyUse {
  const id = sha256(canonicalJson(['idempotent request', clientId, subject, method, path, key]));
  return { key, id, fingerprint: sha256(canonicalJson([query ?? {}, body ?? null])) };
}
