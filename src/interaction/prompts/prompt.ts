import { assurance, meets, type AcrRequest, type SecondFactorPolicy } from '#authentication/index.js';
import type { ApprovedScope } from '#consent/index.js';
import type { Session } from '#sessions/index.js';
import type { User } from '#users/index.js';
import type { AccessDecision } from '../access-decision.js';
import type { Answers } from '../answers.js';
import type { AuthorizationFacts } from '../authorization-facts.js';

/** What a user can be asked. */
export type PromptName = 'select_account' | 'login' | 'second_factor' | 'access' | 'consent';

/** What the client is told when nothing may be asked (OIDC Core §3.1.2.6). */
export type PromptError =
  'account_selection_required' | 'login_required' | 'access_denied' | 'consent_required' | 'interaction_required';

/** One thing to ask the user, and why. */
export interface Prompt {
  readonly name: PromptName;
  readonly reason: string;
  readonly error: PromptError;
}

/** What is known of the user when a prompt is decided. */
export interface PromptState {
  readonly session?: Session | undefined;
  /** The user of the session; absent when there is none any more. */
  readonly user?: User | undefined;
  readonly answers: Answers;
  /** What holds for second factors of this user at the client; absent when nobody is signed in. */
  readonly secondFactor?: SecondFactorPolicy | undefined;
  /** Whether this user may use the client for what it asks; absent when nobody is signed in. */
  readonly access?: AccessDecision | undefined;
  /** What the user approved for the client earlier and still counts. */
  readonly approved: readonly ApprovedScope[];
  readonly now: Date;
}

/** One named reason for a prompt. */
export interface PromptReason {
  readonly reason: string;
  /** The stable name of the rule. */
  readonly rule: string;
  readonly error: PromptError;
  applies(facts: AuthorizationFacts, state: PromptState): boolean;
}

/** A prompt with all its reasons, in the order in which they are looked at. */
export interface PromptRule {
  readonly name: PromptName;
  readonly reasons: readonly PromptReason[];
}

/** Whether the user proved who they are during this interaction and is still signed in with that session. */
export function signedInMeanwhile({ session, answers }: PromptState): boolean {
  const { signedInAt, signedInSessionId } = answers;
  if (session === undefined || signedInAt === undefined) return false;
  return session.id === signedInSessionId && session.authTime >= signedInAt;
}

/** Whether every proof of the sign-in is from this interaction, so that however old it is now, it was made for it. */
export function provedAllMeanwhile(state: PromptState): boolean {
  return signedInMeanwhile(state) && state.answers.steppedUp !== true;
}

/** Whether the client asks for a stronger sign-in than there is, and none was made for it yet. */
export function isTooWeak(acr: AcrRequest | undefined, state: PromptState): boolean {
  if (acr === undefined || state.session === undefined || signedInMeanwhile(state)) return false;
  return !meets(state.session.acr, acr);
}

/** Whether the session rests on a proof that a second factor could be added to. */
export function hasFirstProof({ session }: PromptState): boolean {
  return session !== undefined && meets(assurance(session.amr), { values: ['1'], essential: false });
}
