import type { Decision } from '#explanations/index.js';
import { ErrorCode } from '#standards/oauth.js';

/** What a rule may add to an error beyond its detail. */
export interface OAuthErrorOptions {
  /** A text for the client that is more exact than the code's own; it never echoes input or a secret. */
  readonly description?: string;
  readonly retryAfterSeconds?: number;
  /** What the rule saw, for whoever has to explain the refusal. */
  readonly decision?: Decision;
}

/** An error with two audiences: the client sees code and description, the operator sees the detail (its message). */
export abstract class OAuthError extends Error {
  abstract readonly error: ErrorCode;
  readonly status: number = 400;
  readonly retryAfterSeconds: number | undefined;
  /** What every error of this code says to the client. */
  protected abstract readonly meaning: string;
  private readonly given: string | undefined;
  readonly decision: Decision | undefined;

  constructor(detail: string, options: OAuthErrorOptions = {}) {
    super(detail);
    this.given = options.description;
    this.decision = options.decision;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** `error_description` (RFC 6749 §5.2): only %x20-21 / %x23-5B / %x5D-7E. */
  get description(): string {
    return (this.given ?? this.meaning).replaceAll(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, ' ');
  }
}

/** RFC 6749 §4.1.2.1, §5.2 */
export class InvalidRequest extends OAuthError {
  readonly error = ErrorCode.InvalidRequest;
  protected readonly meaning = 'The request is missing a parameter, repeats one or is otherwise malformed.';
}

/** RFC 6749 §5.2; the challenge repeats the scheme that the client used. */
export class InvalidClient extends OAuthError {
  readonly error = ErrorCode.InvalidClient;
  override readonly status = 401;
  protected readonly meaning = 'Client authentication failed.';
}

/** RFC 6749 §5.2 */
export class InvalidGrant extends OAuthError {
  readonly error = ErrorCode.InvalidGrant;
  protected readonly meaning = 'The code or token is invalid, expired, revoked or was issued to another client.';
}

/** RFC 6749 §4.1.2.1, §5.2 */
export class UnauthorizedClient extends OAuthError {
  readonly error = ErrorCode.UnauthorizedClient;
  protected readonly meaning = 'The client is not registered for this.';
}

/** RFC 6749 §5.2 */
export class UnsupportedGrantType extends OAuthError {
  readonly error = ErrorCode.UnsupportedGrantType;
  protected readonly meaning = 'The grant type is not supported.';
}

/** RFC 6749 §4.1.2.1 */
export class UnsupportedResponseType extends OAuthError {
  readonly error = ErrorCode.UnsupportedResponseType;
  protected readonly meaning = 'The response_type is not supported.';
}

/** RFC 6749 §4.1.2.1, §5.2 */
export class InvalidScope extends OAuthError {
  readonly error = ErrorCode.InvalidScope;
  protected readonly meaning = 'The scope is malformed, unknown or more than the client may have.';
}

/** RFC 8707 §2 */
export class InvalidTarget extends OAuthError {
  readonly error = ErrorCode.InvalidTarget;
  protected readonly meaning = 'The resource is malformed, unknown or not open to the client.';
}

/** RFC 6749 §4.1.2.1 */
export class AccessDenied extends OAuthError {
  readonly error = ErrorCode.AccessDenied;
  protected readonly meaning = 'The user or the authorization server denied the request.';
}

/** RFC 6749 §4.1.2.1: stands for a 500, which cannot be redirected. */
export class ServerError extends OAuthError {
  readonly error = ErrorCode.ServerError;
  override readonly status = 500;
  protected readonly meaning = 'The authorization server met an unexpected condition.';
}

/** RFC 6749 §4.1.2.1: stands for a 503, which cannot be redirected. */
export class TemporarilyUnavailable extends OAuthError {
  readonly error = ErrorCode.TemporarilyUnavailable;
  override readonly status = 503;
  protected readonly meaning = 'The authorization server is overloaded or under maintenance; try again.';
}

/** The caller failed too often. */
export class TooManyRequests extends OAuthError {
  readonly error = ErrorCode.TemporarilyUnavailable;
  override readonly status = 429;
  protected readonly meaning = 'Too many failed attempts; try again later.';
}

/** OIDC Core §3.1.2.6 */
export class LoginRequired extends OAuthError {
  readonly error = ErrorCode.LoginRequired;
  protected readonly meaning = 'The user must sign in.';
}

/** OIDC Core §3.1.2.6 */
export class InteractionRequired extends OAuthError {
  readonly error = ErrorCode.InteractionRequired;
  protected readonly meaning = 'The user must be asked something.';
}

/** OIDC Core §3.1.2.6 */
export class ConsentRequired extends OAuthError {
  readonly error = ErrorCode.ConsentRequired;
  protected readonly meaning = 'The user must decide on the consent page.';
}

/** OIDC Core §3.1.2.6 */
export class AccountSelectionRequired extends OAuthError {
  readonly error = ErrorCode.AccountSelectionRequired;
  protected readonly meaning = 'The user must choose an account.';
}

/** OIDC Core §5.5.1.1, RFC 9470 §5 */
export class UnmetAuthenticationRequirements extends OAuthError {
  readonly error = ErrorCode.UnmetAuthenticationRequirements;
  protected readonly meaning = 'The user cannot be authenticated in the way that is asked for.';
}

/** RFC 9101 §7, OIDC Core §3.1.2.6 */
export class InvalidRequestObject extends OAuthError {
  readonly error = ErrorCode.InvalidRequestObject;
  protected readonly meaning = 'The request object is not valid.';
}

/** RFC 9101 §7, OIDC Core §3.1.2.6 */
export class InvalidRequestUri extends OAuthError {
  readonly error = ErrorCode.InvalidRequestUri;
  protected readonly meaning = 'No request object can be had from the request_uri.';
}

/** OIDC Core §3.1.2.6 */
export class RegistrationNotSupported extends OAuthError {
  readonly error = ErrorCode.RegistrationNotSupported;
  protected readonly meaning = 'The registration parameter is not supported.';
}

/** RFC 7591 §3.2.2 */
export class InvalidRedirectUri extends OAuthError {
  readonly error = ErrorCode.InvalidRedirectUri;
  protected readonly meaning = 'A redirect URI cannot be registered.';
}

/** RFC 7591 §3.2.2 */
export class InvalidClientMetadata extends OAuthError {
  readonly error = ErrorCode.InvalidClientMetadata;
  protected readonly meaning = 'The client metadata cannot be registered.';
}

/** RFC 7591 §3.2.2 */
export class InvalidSoftwareStatement extends OAuthError {
  readonly error = ErrorCode.InvalidSoftwareStatement;
  protected readonly meaning = 'The software statement is malformed, expired or not signed by its issuer.';
}

/** RFC 7591 §3.2.2 */
export class UnapprovedSoftwareStatement extends OAuthError {
  readonly error = ErrorCode.UnapprovedSoftwareStatement;
  protected readonly meaning = 'The issuer of the software statement is not trusted by this server.';
}

/** RFC 6750 §3.1 */
export class InvalidToken extends OAuthError {
  readonly error = ErrorCode.InvalidToken;
  override readonly status = 401;
  protected readonly meaning = 'The access token is invalid, expired or revoked.';
}

/** RFC 6750 §3: a request without credentials is told how to authenticate, and no error code. */
export class NoCredentials extends InvalidToken {}

/** RFC 6750 §3.1 */
export class InsufficientScope extends OAuthError {
  readonly error = ErrorCode.InsufficientScope;
  override readonly status = 403;
  protected readonly meaning = 'The access token does not carry the scope that is needed.';

  constructor(
    detail: string,
    readonly scope: string,
  ) {
    super(detail);
  }
}

/** RFC 9470 §3 */
export class InsufficientUserAuthentication extends OAuthError {
  readonly error = ErrorCode.InsufficientUserAuthentication;
  override readonly status = 401;
  protected readonly meaning = 'A fresh sign-in with a second factor is needed for this.';

  constructor(
    detail: string,
    readonly wanted: { readonly acrValues: string; readonly maxAge: number },
  ) {
    super(detail);
  }
}
