/** What the user decided on the consent page. */
export interface ConsentAnswer {
  /** Who decided; the answer of one user is never used for another. */
  readonly userId: string;
  /** All that is granted now: required, ticked and approved earlier. */
  readonly scopes: readonly string[];
  /** False when the approval was for this time only. */
  readonly remember: boolean;
  /** Until when it is remembered; absent means until it is taken back. */
  readonly expiresAt?: Date;
}

/** What the user has answered during one interaction. */
export interface Answers {
  /** When and in which session the user proved who they are during this very interaction. */
  readonly signedInAt?: Date;
  readonly signedInSessionId?: string;
  /** Only a second factor was proven then, beside a first proof from before, whose age counts on. */
  readonly steppedUp?: true;
  /** The session whose account the user chose to go on with. */
  readonly chosenSessionId?: string;
  readonly consent?: ConsentAnswer;
  /** The user said no; the client gets `access_denied` (RFC 6749 §4.1.2.1). */
  readonly denied?: boolean;
}

type Stored<T> = { readonly [K in keyof T]: T[K] extends Date | undefined ? string : T[K] };
type StoredAnswers = Omit<Stored<Answers>, 'consent'> & { readonly consent?: Stored<ConsentAnswer> };

/** Reads answers from the JSON they are kept as. */
export function answersFrom(stored: object): Answers {
  const { signedInAt, consent, ...rest } = stored as StoredAnswers;
  return {
    ...rest,
    ...(signedInAt === undefined ? {} : { signedInAt: new Date(signedInAt) }),
    ...(consent === undefined ? {} : { consent: consentFrom(consent) }),
  };
}

/** The answers after a sign-in: it also chooses the account, and what another user decided before no longer counts. */
export function afterSignIn(sessionId: string, at: Date): Answers {
  return { signedInAt: at, signedInSessionId: sessionId, chosenSessionId: sessionId };
}

/** The same after a session was made stronger. */
export function afterStepUp(sessionId: string, at: Date): Answers {
  return { ...afterSignIn(sessionId, at), steppedUp: true };
}

function consentFrom({ expiresAt, ...rest }: Stored<ConsentAnswer>): ConsentAnswer {
  return { ...rest, ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }) };
}
