import type { FactorKind } from '#platform/events/index.js';
import { Amr } from '#standards/amr.js';
import { meets, type AcrRequest } from '../acr-request.js';
import { assurance } from '../assurance.js';
import { amrOf, FEDERATED, factorKind, REMEMBERED } from './factor-kinds.js';
import type { SecondFactorPolicy } from './second-factor-policy.js';

/** What decides whether a sign-in needs a second factor. */
export interface SecondFactorSituation {
  readonly policy: SecondFactorPolicy;
  /** The methods proven so far (RFC 8176 §2). */
  readonly amr: readonly Amr[];
  /** The kinds of second factors among them, or that the browser is remembered. */
  readonly factors: readonly string[];
  /** The kinds that this user can prove in this sign-in. */
  readonly own: readonly FactorKind[];
  /** The kinds that could be set up in this sign-in, whatever the rules allow. */
  readonly available: readonly FactorKind[];
  /** The authentication contexts that the client asks for (OIDC Core §5.5.1.1). */
  readonly acr?: AcrRequest | undefined;
}

/** Nothing more; one of the kinds; or a factor that the user does not have yet, of one of the kinds if there is any to be had. */
export type SecondFactorNeed =
  | { readonly need: 'none' }
  | { readonly need: 'prove'; readonly kinds: readonly FactorKind[] }
  | { readonly need: 'enrol'; readonly kinds: readonly FactorKind[] };

const NONE: SecondFactorNeed = { need: 'none' };

/** Decides what a sign-in still needs: first what the client asks for, then what the rules say. */
export function secondFactorNeed(situation: SecondFactorSituation): SecondFactorNeed {
  return askedFor(situation) ?? required(situation);
}

/** OIDC Core §5.5.1.1, RFC 9470 §5: what would make the sign-in one of those that the client asks for. */
function askedFor(situation: SecondFactorSituation): SecondFactorNeed | undefined {
  const { policy, amr, own, available, acr } = situation;
  if (acr === undefined || meets(assurance(amr), acr)) return undefined;
  const helpful = own.filter((kind) => helps(kind, situation));
  if (helpful.length > 0) return prove(helpful, policy);
  if (!acr.essential || policy.rule === 'off') return undefined;
  const kinds = available.filter((kind) => helps(kind, situation));
  return kinds.length > 0 ? enrol(situation, kinds) : undefined;
}

function required(situation: SecondFactorSituation): SecondFactorNeed {
  const { policy, own, available, factors } = situation;
  const proven = provenKinds(situation);
  if (policy.rule === 'off' || policy.kinds.some((kind) => proven.includes(kind))) return NONE;
  if (factors.includes(REMEMBERED) && !policy.demanded) return NONE;
  if (own.some((kind) => policy.kinds.includes(kind))) return prove(own, policy);
  if (policy.rule !== 'required') return NONE;
  return enrol(
    situation,
    available.filter((kind) => policy.kinds.includes(kind)),
  );
}

/**
 * The kinds that were proven; a passkey may also have been the first proof. What another service is trusted with counts
 * as the code of an app does: not where only passkeys will do.
 */
export function provenKinds({ amr, factors }: Record<'amr' | 'factors', readonly string[]>): FactorKind[] {
  const isKey = amr.some((method) => method === Amr.HardwareKey || method === Amr.SoftwareKey);
  const named = factors
    .map((factor) => (factor === FEDERATED ? 'totp' : factorKind(factor)))
    .filter((kind) => kind !== undefined);
  return isKey ? [...named, 'passkey'] : named;
}

/** Whether a session has what the rules require; what they leave to the user was asked when the session began. */
export function fulfils(
  { amr, factors }: Record<'amr' | 'factors', readonly string[]>,
  { rule, kinds, demanded }: SecondFactorPolicy,
): boolean {
  if (rule !== 'required' || (factors.includes(REMEMBERED) && !demanded)) return true;
  return provenKinds({ amr, factors }).some((kind) => kinds.includes(kind));
}

function helps(kind: FactorKind, { amr, acr, policy }: SecondFactorSituation): boolean {
  return acr !== undefined && policy.kinds.includes(kind) && meets(assurance([...amr, ...amrOf(kind)]), acr);
}

function prove(own: readonly FactorKind[], { kinds }: SecondFactorPolicy): SecondFactorNeed {
  return { need: 'prove', kinds: own.filter((kind) => kinds.includes(kind)) };
}

/** Whoever has a factor already proves it before adding one that is allowed: a password alone must not be enough for that. */
function enrol(situation: SecondFactorSituation, kinds: readonly FactorKind[]): SecondFactorNeed {
  const { own } = situation;
  return own.length > 0 && provenKinds(situation).length === 0
    ? { need: 'prove', kinds: own }
    : { need: 'enrol', kinds };
}
