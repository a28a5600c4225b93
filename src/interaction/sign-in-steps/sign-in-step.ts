import type { Client } from '#clients/index.js';
import type { User } from '#users/index.js';
import type { Interaction } from '../interaction.js';
import type { SignInProgress } from './sign-in-progress.js';

/** Whoever signs in, and what for. */
export interface SignInOccasion {
  readonly user: User;
  /** The secret that names the browser. */
  readonly browser: string;
  /** The client that waits, if one does. */
  readonly client?: Client | undefined;
  readonly interaction?: Interaction | undefined;
}

/** Something that a sign-in may need after its first proof: a page of its own, which ends with `SignIns.proceed`. */
export interface SignInStep {
  readonly name: string;
  /** Its page, below the issuer. */
  readonly path: string;
  /** Whether this sign-in has to go through it now. */
  isDue(progress: SignInProgress, occasion: SignInOccasion): Promise<boolean>;
}

/** The injection token of all steps, in the order in which they are gone through. */
export const SIGN_IN_STEPS = Symbol('the steps of a sign-in');

/** The first step that is due; undefined when the session may begin. */
export async function nextStep(
  steps: readonly SignInStep[],
  progress: SignInProgress,
  occasion: SignInOccasion,
): Promise<SignInStep | undefined> {
  for (const step of steps) {
    if (await step.isDue(progress, occasion)) return step;
  }
  return undefined;
}

/** The address of a page of ours for the authorization request that waits, if one does. */
export function withInteraction(address: string, interactionId: string | undefined): string {
  return interactionId === undefined ? address : `${address}?interaction=${interactionId}`;
}
