/** Somebody who does not know, or does not say, the password any more. */
export interface ResetRequest {
  readonly kind: 'reset-password';
  /** A user name or an address, as typed. */
  readonly login: string;
  readonly locale: string;
  /** The authorization request that waits for it. */
  readonly interaction?: string | undefined;
}

/** Somebody who wants an account. */
export interface SignUpRequest {
  readonly kind: 'sign-up';
  readonly address: string;
  readonly locale: string;
  readonly interaction?: string | undefined;
}

/** A user who wants another address. */
export interface ChangeEmailRequest {
  readonly kind: 'change-email';
  readonly userId: string;
  readonly address: string;
  readonly locale: string;
}

/** Something that is answered by mail alone, so that whoever asks does not learn whether there is an account. */
export type AccountRequest = ResetRequest | SignUpRequest | ChangeEmailRequest;
