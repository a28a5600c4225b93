import type { OAuthError } from '../errors/oauth-error.js';
import type { AnswerTarget } from './authorization-request.js';

/** The parameters of an answer, in the order in which they are written; what is undefined is not. */
export type ResponseParameters = Readonly<Record<string, string | undefined>>;

/** What an authorization yields besides state and issuer (RFC 6749 §4.1.2, §4.2.2, OIDC Core §3.3.2.5). */
export interface Yield {
  readonly code?: string | undefined;
  readonly access_token?: string | undefined;
  readonly token_type?: string | undefined;
  readonly expires_in?: string | undefined;
  readonly scope?: string | undefined;
  readonly id_token?: string | undefined;
}

/** RFC 6749 §4.1.2, RFC 9207 §2: what was authorized, with the issuer that says so. */
export function successResponse(yielded: Yield, issuer: string, { state }: AnswerTarget): ResponseParameters {
  return { ...yielded, state, iss: issuer };
}

/** RFC 6749 §4.1.2.1, RFC 9207 §2: an error, in the place where the success would have been. */
export function errorResponse(
  { error, description }: OAuthError,
  issuer: string,
  { state }: AnswerTarget,
): ResponseParameters {
  return { error, error_description: description, state, iss: issuer };
}

/** The pairs of an answer that are there. */
export function present(response: ResponseParameters): [string, string][] {
  return Object.entries(response).filter((pair): pair is [string, string] => pair[1] !== undefined);
}

/** An answer as `application/x-www-form-urlencoded` (RFC 6749 App. B). */
export function encoded(response: ResponseParameters): string {
  return new URLSearchParams(present(response)).toString();
}
