import { parseForm, PostedForm } from '#platform/http/index.js';
import type { ProviderEndpoints } from './engine/provider-endpoints.js';

/** What a provider says in the address that it sends a browser back to (RFC 6749 §4.1.2, RFC 9207 §2). */
export interface AnswerParameters {
  readonly state: string;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  readonly issuer?: string | undefined;
}

const LONGEST = 8192;

/** Reads the answer; undefined for one that cannot be read or says something twice (RFC 6749 §3.1). */
export function answerParameters(query: string): AnswerParameters | undefined {
  const parsed = query.length > LONGEST ? undefined : parseForm(query);
  if (parsed?.ok !== true) return undefined;
  const form = new PostedForm(parsed.entries);
  const names = ['state', 'code', 'error', 'iss'] as const;
  if (names.some((name) => form.all(name).length > 1)) return undefined;
  const [state, code, error, issuer] = names.map((name) => form.get(name));
  return state === undefined || state === '' ? undefined : { state, code, error, issuer };
}

/** RFC 9207 §2.4: an answer is of whoever was asked, and says so where that is promised. */
export function isOfIssuer({ issuer: named }: AnswerParameters, { issuer, namesIssuer }: ProviderEndpoints): boolean {
  if (named === undefined) return !namesIssuer;
  if (issuer === undefined) return true; // who has no issuer cannot be confused with one
  if (!issuer.includes('{tenantid}')) return named === issuer;
  const [before = '', after = ''] = issuer.split('{tenantid}');
  return named.startsWith(before) && named.endsWith(after) && named.length > before.length + after.length;
}
