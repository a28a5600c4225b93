import { amrOf, assurance, meets, type AcrRequest } from '#authentication/index.js';
import { afterSignIn, afterStepUp } from '#interaction/index.js';
import type { FactorKind } from '#platform/events/index.js';
import type { Session } from '#sessions/index.js';
import type { Met } from '../request-judge.service.js';

/** The name that stands for what only a real sign-in or grant would get. */
export const SIMULATED_ID = 'simulated';

/** A sign-in as it would be found. */
export function simulatedSession(userId: string, proof: Pick<Session, 'authTime' | 'amr'>): Session {
  return {
    id: SIMULATED_ID,
    userId,
    ...proof,
    acr: assurance(proof.amr),
    factors: [],
    userAgent: undefined,
    address: undefined,
    createdAt: proof.authTime,
    lastSeenAt: proof.authTime,
    expiresAt: proof.authTime,
  };
}

/** What a request meets once its user has signed in again, in the same way. */
export function signedInAgain(session: Session, now: Date): Met {
  return { session: { ...session, authTime: now }, answers: afterSignIn(session.id, now) };
}

/** What a request meets once its user has proven the first of these kinds of second factors that will do. */
export function steppedUp(session: Session, kinds: readonly FactorKind[], acr: AcrRequest | undefined, now: Date): Met {
  const proofs = kinds.map((kind) => ({ kind, amr: [...new Set([...session.amr, ...amrOf(kind)])] }));
  const proof = proofs.find(({ amr }) => acr === undefined || meets(assurance(amr), acr)) ?? proofs[0];
  const answers = afterStepUp(session.id, now);
  if (proof === undefined) return { session, answers };
  const { amr, kind } = proof;
  return { session: { ...session, amr, acr: assurance(amr), factors: [...session.factors, kind] }, answers };
}
