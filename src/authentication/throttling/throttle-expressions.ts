import { delayAfter, type ThrottlePolicy } from './throttle-policy.js';

/** SQL for a column of a throttle, from `failures` as it was before this attempt; the same for all attempts. */
export interface ThrottleExpression {
  readonly sql: string;
  /** What its placeholders stand for: how many milliseconds after the attempt. */
  readonly laterMs: readonly number[];
}

/** What `blocked_until` comes to be. */
export function blockedUntil(policy: ThrottlePolicy): ThrottleExpression {
  return byFailures(policy, (delay) => delay);
}

/** What `expires_at` comes to be. */
export function expiresAt(policy: ThrottlePolicy): ThrottleExpression {
  return byFailures(policy, (delay) =>
    policy.remembers && delay !== undefined && delay > 0 ? delay + policy.windowSeconds : undefined,
  );
}

/**
 * A CASE over the count that this attempt makes, with how many seconds later `laterFor` says for the delay that it brings;
 * where it says nothing, the window's end.
 */
function byFailures(
  policy: ThrottlePolicy,
  laterFor: (delay: number | undefined) => number | undefined,
): ThrottleExpression {
  const limit = policy.failures;
  const laterMs: number[] = [];
  const value = (delay: number | undefined): string => {
    const seconds = laterFor(delay);
    if (seconds === undefined) return 'expires_at';
    laterMs.push(Math.round(seconds * 1000));
    return '?';
  };
  const steps = [
    `WHEN failures + 1 < ${limit} THEN ${value(0)}`,
    ...policy.delaysSeconds
      .slice(0, -1)
      .map((_delay, step) => `WHEN failures + 1 = ${limit + step} THEN ${value(delayAfter(policy, limit + step))}`),
  ];
  const last = value(delayAfter(policy, limit + policy.delaysSeconds.length));
  return { sql: `CASE ${steps.join(' ')} ELSE ${last} END`, laterMs };
}
