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
  /** It changes how its user proves who they are, so that a session that is not fresh must not lead to it. */
  readonly needsFreshSignIn?: boolean;
  /** What it finds out without asking anybody, before it says whether it is due. */
  settle?(progress: SignInProgress, occasion: SignInOccasion): Promise<SignInProgress>;
  /** Whether this sign-in has to go through it now. */
  isDue(progress: SignInProgress, occasion: SignInOccasion): Promise<boolean>;
}

/** The injection token of all steps, in the order in which they are gone through. */
export const SIGN_IN_STEPS = Symbol('the steps of a sign-in');

/** How far a sign-in is, and the step that is due; none when the session may begin. */
export interface NextStep {
  readonly progress: SignInProgress;
  readonly step?: SignInStep;
}

/** Goes through the steps up to the first that is due. */
export async function nextStep(
  steps: readonly SignInStep[],
  before: SignInProgress,
  occasion: SignInOccasion,
): Promise<NextStep> {
  let progress = before;
  for (const step of steps) {
    progress = (await step.settle?.(progress, occasion)) ?? progress;
    if (await step.isDue(progress, occasion)) return { progress, step };
  }
  return { progress };
}

/** The address of a page of ours for the authorization request that waits, if one does. */
export function withInteraction(address: string, interactionId: string | undefined): string {
  return interactionId === undefined ? address : `${address}?interaction=${interactionId}`;
}
