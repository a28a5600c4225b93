import type { FactorKind } from '#platform/events/index.js';
import { noneStandsAlone, SECOND_FACTOR_RULES } from '#settings/index.js';
import { FACTOR_KINDS } from './factor-kinds.js';

/** Whether a second factor is asked for. */
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number];

/** What the company, a group or a client says of second factors; what it does not say is left to the others. */
export interface SecondFactorWish {
  readonly rule?: SecondFactorRule | undefined;
  readonly kinds?: readonly FactorKind[] | undefined;
}

/** What holds for one user at one client. */
export interface SecondFactorPolicy {
  readonly rule: SecondFactorRule;
  /** Which kinds will do. */
  readonly kinds: readonly FactorKind[];
  /** The client itself demands a factor, so that a remembered browser does not stand for one. */
  readonly demanded: boolean;
}

/**
 * The strictest of all wishes: the strictest rule, and only kinds that each of them allows. Wishes that leave nothing in
 * common but what stands in for another factor would shut everybody out, so then a passkey is what will do.
 */
export function strictestPolicy(
  wishes: readonly SecondFactorWish[],
  ofClient: SecondFactorWish = {},
): SecondFactorPolicy {
  const all = [...wishes, ofClient];
  const strictness = all.map(({ rule }) => (rule === undefined ? 0 : SECOND_FACTOR_RULES.indexOf(rule)));
  const common = FACTOR_KINDS.filter((kind) => all.every(({ kinds }) => kinds === undefined || kinds.includes(kind)));
  return {
    rule: SECOND_FACTOR_RULES[Math.max(0, ...strictness)] ?? 'off',
    kinds: noneStandsAlone(common) ? ['passkey', ...common] : common,
    demanded: ofClient.rule === 'required',
  };
}
