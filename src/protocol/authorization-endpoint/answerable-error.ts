import { isVetted, type Client } from '#clients/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import type { OAuthError } from '../errors/oauth-error.js';
import type { AnswerTarget } from './authorization-request.js';

/** What decides whether the browser may be sent to the client without a word to the user (RFC 9700 §4.11.2). */
export interface Circumspection {
  readonly client: Pick<Client, 'selfRegistered' | 'vetted'>;
  /** The user is signed in or was asked something on the way here. */
  readonly userKnown: boolean;
  /** The client wants no page to be shown: `prompt=none`. */
  readonly silent: boolean;
}

/** An error that the client may be told at its redirect URI (RFC 6749 §4.1.2.1). */
export class AnswerableError extends Error {
  constructor(
    readonly reason: OAuthError,
    readonly target: AnswerTarget,
    readonly about: Circumspection,
  ) {
    super(reason.message, { cause: reason });
  }
}

/**
 * RFC 9700 §4.11.2: a client that nobody has checked gets no browser that its user did not knowingly send, or this service
 * would lend its good name to any link; issuers for development and tests trust everybody.
 */
export function mayRedirect(about: Circumspection, { kind }: Pick<IssuerSettings, 'kind'>): boolean {
  return kind !== 'production' || isVetted(about.client) || about.userKnown || about.silent;
}
