import { SCOPE_OF_CLAIM } from '#standards/oidc.js';
import type { ClaimMappingInput, ClaimSource } from './claim-mapping.js';

/** One fault of a mapping, with the place of it as a JSON pointer. */
export interface ClaimMappingProblem {
  readonly pointer: string;
  readonly detail: string;
}

const NAME = /^[\x21\x23-\x5B\x5D-\x7E]{1,200}$/;
const MOST_BYTES = 2048;
const LONGEST_NAME = 128;

/**
 * What tokens and answers say of themselves, of the sign-in and of who may use them: nobody maps anything over it
 * (RFC 7519 §4.1, OIDC Core §2, RFC 9068 §2.2, RFC 7662 §2.2, RFC 8693 §4, RFC 7800 §3.1, RFC 9396 §9).
 */
const OF_THE_PROTOCOL = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'typ', 'nonce', 'azp', 'auth_time', 'acr', 'amr', 'sid'],
  ...['at_hash', 'c_hash', 's_hash', 'rt_hash', 'sub_jwk', 'sub_id', 'client_id', 'scope', 'scp', 'grant_id', 'cnf'],
  ...['act', 'may_act', 'events', 'toe', 'txn', 'active', 'token_type', 'username', 'authorization_details'],
  ...['_claim_names', '_claim_sources', 'trust_chain', 'vp', '__proto__'],
]);

/** Whether a claim says something that no mapping may say otherwise: of the protocol, or of the user by its standard name. */
export function isReservedClaim(name: string): boolean {
  return OF_THE_PROTOCOL.has(name) || SCOPE_OF_CLAIM.has(name);
}

/** Says everything that is wrong with a mapping, as far as it can be seen without looking at other records. */
export function claimMappingProblems({ claim, source, includeIn }: ClaimMappingInput): ClaimMappingProblem[] {
  const named = NAME.test(claim)
    ? []
    : [{ pointer: '#/claim', detail: 'must be 1 to 200 printable ASCII characters without space, " and \\' }];
  const reserved = isReservedClaim(claim)
    ? [{ pointer: '#/claim', detail: 'is a claim that has its meaning already' }]
    : [];
  const nowhere = includeIn.length === 0 ? [{ pointer: '#/include_in', detail: 'must name a place' }] : [];
  return [...named, ...reserved, ...sourceProblems(source), ...nowhere];
}

function sourceProblems(source: ClaimSource): ClaimMappingProblem[] {
  switch (source.kind) {
    case 'attribute':
      return nameProblems('attribute', source.attribute);
    case 'groups':
      return source.groups === 'prefixed' ? nameProblems('prefix', source.prefix) : [];
    case 'group':
      return [...nameProblems('group', source.group), ...valueProblems(source.value)];
    case 'constant':
      return valueProblems(source.value);
  }
}

function nameProblems(member: string, name: string | undefined): ClaimMappingProblem[] {
  if (name === undefined || name === '') return [{ pointer: `#/${member}`, detail: 'is required' }];
  const detail = `must not be longer than ${LONGEST_NAME} characters`;
  return name.length > LONGEST_NAME ? [{ pointer: `#/${member}`, detail }] : [];
}

function valueProblems(value: unknown): ClaimMappingProblem[] {
  if (value === undefined || value === null) return [{ pointer: '#/value', detail: 'is required' }];
  if (Buffer.byteLength(JSON.stringify(value)) <= MOST_BYTES) return [];
  return [{ pointer: '#/value', detail: `must not be longer than ${MOST_BYTES} bytes` }];
}
