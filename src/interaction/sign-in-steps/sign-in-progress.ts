import { FEDERATED, MAILBOX, type AuthenticationResult } from '#authentication/index.js';
import type { Session } from '#sessions/index.js';
import { Amr } from '#standards/amr.js';
import type { PendingSignInRow } from './pending-sign-in.entity.js';

/** What has been proven in a sign-in so far, and which steps it has been through. */
export interface SignInProgress {
  readonly userId: string;
  readonly amr: readonly Amr[];
  /** When the oldest of the proofs was given, so that tokens never claim a fresher sign-in than there was. */
  readonly authTime: Date;
  /** What was proven rested on the user's mailbox alone, so that a code sent there would prove nothing more. */
  readonly byMailbox: boolean;
  /** Everything is to be proven anew, whatever this browser is trusted with. */
  readonly afresh: boolean;
  /** Names of the steps that it has been through. */
  readonly done: readonly string[];
  /** Kinds of second factors that were proven. */
  readonly factors: readonly string[];
  /** The session that it makes stronger. */
  readonly sessionId?: string | undefined;
}

/** What a step has found out. */
export interface StepOutcome {
  /** The name of the step. */
  readonly step: string;
  /** How something more was proven, if it was (RFC 8176 §2). */
  readonly amr?: readonly Amr[];
  /** The kind of second factor by which it was. */
  readonly factor?: string;
}

/** A sign-in that waits for its next step, bound to a browser. */
export interface PendingSignIn extends SignInProgress {
  readonly id: string;
  readonly version: number;
  readonly interactionId?: string | undefined;
  readonly returnTo?: string | undefined;
  readonly createdAt: Date;
}

/** Where a sign-in stands right after its first proof. */
export function firstProgress(
  { userId, amr, authTime, byMailbox = false }: AuthenticationResult,
  afresh: boolean,
): SignInProgress {
  return { userId, amr, authTime, byMailbox, afresh, done: [], factors: firstFactors(amr, byMailbox) };
}

/** What is to be known of a first proof besides its methods. */
function firstFactors(amr: readonly Amr[], byMailbox: boolean): string[] {
  // Another service says that there were two factors only where it is trusted with that.
  const isFederated = amr.includes(Amr.Federated) && amr.includes(Amr.MultipleFactors);
  return [...(byMailbox ? [MAILBOX] : []), ...(isFederated ? [FEDERATED] : [])];
}

/** Where somebody stands who is signed in and of whom more is asked: their session is what has been proven. */
export function steppingUp({ id, userId, amr, authTime, factors }: Session): SignInProgress {
  const proven = { userId, amr: amr as Amr[], authTime, factors, sessionId: id };
  return { ...proven, byMailbox: factors.includes(MAILBOX), afresh: false, done: [] };
}

/** Whether more was proven, or found out, than a session knows of. */
export function addsTo(session: Session, { amr, factors }: SignInProgress): boolean {
  return amr.length > session.amr.length || factors.length > session.factors.length;
}

/** Where it stands after a step; what was proven before is neither lost nor counted twice. */
export function afterStep<P extends SignInProgress>(progress: P, { step, amr = [], factor }: StepOutcome): P {
  return {
    ...progress,
    amr: [...new Set([...progress.amr, ...amr])],
    done: [...new Set([...progress.done, step])],
    factors: factor === undefined ? progress.factors : [...new Set([...progress.factors, factor])],
  };
}

/** Reads a row as the sign-in it stands for. */
export function pendingFrom(row: PendingSignInRow): PendingSignIn {
  const { browserDigest: _digest, endedAt: _ended, expiresAt: _expires, ...rest } = row;
  return {
    ...rest,
    amr: row.amr as Amr[],
    interactionId: row.interactionId ?? undefined,
    returnTo: row.returnTo ?? undefined,
    sessionId: row.sessionId ?? undefined,
  };
}
