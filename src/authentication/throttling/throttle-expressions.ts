import { delayAfter, type ThrottlePolicy } from './throttle-policy.js';

/** SQL for the next `blocked_until`, from `failures` as it was before this attempt; made of numbers only. */
export function blockedUntil(policy: ThrottlePolicy, now: Date): string {
  return byFailures(policy, (delay) => (delay === undefined ? 'expires_at' : String(later(now, delay))));
}

/** SQL for the next `expires_at`, from `failures` as it was before this attempt; made of numbers only. */
export function expiresAt(policy: ThrottlePolicy, now: Date): string {
  return byFailures(policy, (delay) =>
    policy.remembers && delay !== undefined && delay > 0
      ? String(later(now, delay + policy.windowSeconds))
      : 'expires_at',
  );
}

/** A CASE over the count that this attempt makes, with what `value` says for the delay that it brings. */
function byFailures(policy: ThrottlePolicy, value: (delay: number | undefined) => string): string {
  const limit = policy.failures;
  const steps = policy.delaysSeconds
    .slice(0, -1)
    .map((_delay, step) => `WHEN failures + 1 = ${limit + step} THEN ${value(delayAfter(policy, limit + step))}`);
  const last = value(delayAfter(policy, limit + policy.delaysSeconds.length));
  return [`CASE WHEN failures + 1 < ${limit} THEN ${value(0)}`, ...steps, `ELSE ${last} END`].join(' ');
}

function later(now: Date, seconds: number): number {
  return now.getTime() + Math.round(seconds * 1000);
}
