import type { Client } from '#clients/index.js';
import type { PromptName } from '#interaction/index.js';
import type { User } from '#users/index.js';
import type { ReleasedClaim } from '../../claims/claim-release.js';

/** What a simulation is about. */
export interface SimulationWish {
  readonly client: Client;
  /** Whoever is signed in; nobody when absent. */
  readonly user?: User | undefined;
  readonly now: Date;
  /** When and how the user signed in. */
  readonly authTime: Date;
  readonly amr: readonly string[];
  /** The parameters of the request that change what comes of it, as a client sends them. */
  readonly parameters: readonly (readonly [string, string])[];
  /** What the user leaves ticked of what is optional, under the names of approvals; what is ticked at first when absent. */
  readonly ticked?: readonly string[] | undefined;
}

/** A page that would be shown, and the rule that asks for it. */
export interface SimulatedPage {
  readonly page: PromptName;
  readonly rule: string;
}

/** What becomes of one scope, or of one claim that is asked for by name. */
export interface SimulatedDecision {
  readonly kind: 'scope' | 'claim';
  readonly name: string;
  readonly decision: 'granted' | 'declined' | 'asked' | 'dropped' | 'undecided';
  readonly rule: string;
}

/** One thing that the consent page asks. */
export interface SimulatedQuestion {
  readonly kind: 'scope' | 'claim';
  readonly name: string;
  readonly mark: 'new' | 'changed' | 'none';
  readonly required: boolean;
  readonly ticked: boolean;
  /** Why it is asked, and why the user may leave it out or not, or finds it unticked. */
  readonly rule: string;
  readonly choiceRule: string;
}

/** What the consent page asks and offers. */
export interface SimulatedConsent {
  readonly asked: readonly SimulatedQuestion[];
  /** Folded away as allowed before. */
  readonly settled: readonly { readonly kind: 'scope' | 'claim'; readonly name: string; readonly since: Date }[];
  readonly durations: readonly { readonly value: string; readonly suggested: boolean }[];
  readonly durationRule: string;
}

/** A claim of a token, and the rule by which it is there; without a value where only the issuing makes one. */
export type SimulatedClaim = Omit<ReleasedClaim, 'rule' | 'value'> & {
  readonly rule: string;
  readonly value?: unknown;
  /** Whether it says something of the user. */
  readonly personal: boolean;
};

/** One answer with tokens, and what is in them. */
export interface SimulatedAnswer {
  readonly from: 'authorization_endpoint' | 'token_endpoint';
  readonly accessToken?: {
    readonly format: 'jwt' | 'opaque';
    readonly audience: readonly string[];
    readonly scope: readonly string[];
    readonly expiresIn: number;
    readonly claims: readonly SimulatedClaim[];
  };
  readonly idToken?: { readonly claims: readonly SimulatedClaim[] };
  readonly userinfo?: { readonly claims: readonly SimulatedClaim[] };
  readonly refreshToken: boolean;
}

/** Why the client would be told no. */
export interface SimulatedRefusal {
  readonly error: string;
  readonly description: string;
  readonly rule: string;
  readonly clause: string;
}

/** What would come of a request. */
export interface Simulation {
  /** `stopped` on a page that nobody gets past as things are. */
  readonly outcome: 'issued' | 'stopped' | 'refused';
  readonly pages: readonly SimulatedPage[];
  readonly refusal?: SimulatedRefusal | undefined;
  readonly consent?: SimulatedConsent | undefined;
  readonly decisions: readonly SimulatedDecision[];
  readonly tokens: readonly SimulatedAnswer[];
}
