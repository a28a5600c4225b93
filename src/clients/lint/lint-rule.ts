import type { Client } from '../client.js';
import type { ClientMetadata } from '../client-metadata.js';
import type { ClientSecret } from '../client-secrets.service.js';

/** How much a finding matters: to be mended now, to be mended soon, or to be thought about. */
export const LINT_SEVERITIES = ['error', 'warning', 'notice'] as const;

/** One of them. */
export type LintSeverity = (typeof LINT_SEVERITIES)[number];

/** A member of the client that something is found at; its secrets, which are records of their own, are found as a whole. */
export type LintedMember = keyof ClientMetadata | 'clientSecret';

/** An address of the client where nobody answered. */
export interface DeadAddress {
  readonly member: keyof ClientMetadata;
  /** Where below the member it is. */
  readonly below?: string;
  readonly reason: string;
}

/** All that the rules look at. */
export interface LintFacts {
  readonly client: Client;
  readonly now: Date;
  /** Whether plain http to this machine is ordinary here. */
  readonly development: boolean;
  readonly secrets: readonly ClientSecret[];
  /** Those of the scopes it may ask for that somebody has approved or used within `UNUSED_DAYS`. */
  readonly usedScopes: readonly string[];
  /** Why the last sign-out that it was told of did not arrive; absent where it did. */
  readonly logoutFailure?: string;
  /** Where nobody answers; absent where nobody was asked. */
  readonly deadAddresses?: readonly DeadAddress[];
}

/** What a rule found: the member, what to do about it, and where below the member. */
export type LintFault = readonly [member: LintedMember, advice: string, below?: string];

/** One thing to look at. */
export interface LintRule {
  readonly id: string;
  readonly severity: LintSeverity;
  /** Where it is written, if a standard says so. */
  readonly clause?: string;
  readonly find: (facts: LintFacts) => readonly LintFault[];
}

/** After how many days something that nobody uses counts as unused. */
export const UNUSED_DAYS = 90;

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** Whether somebody signs in for it. */
export function hasUsers({ grantTypes }: Pick<Client, 'grantTypes'>): boolean {
  return grantTypes.some((name) => name === 'authorization_code' || name === 'implicit');
}

/** A rule that finds one fault or none. */
export function unless(holds: boolean, ...fault: LintFault): readonly LintFault[] {
  return holds ? [] : [fault];
}
