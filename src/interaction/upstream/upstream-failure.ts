import type { RefusedUpstream } from '#authentication/index.js';
import type { ReturnOutcome, UpstreamRefusal } from '#federation/index.js';
import type { SignInFailure } from '#platform/events/index.js';

/** What those who watch are told; whoever changed their mind at the provider did not fail. */
const FAILURES: Readonly<Record<UpstreamRefusal, SignInFailure | undefined>> = {
  denied: undefined,
  failed: 'upstream',
  'not-allowed': 'not_allowed',
  closed: 'user_disabled',
};

/** The failed sign-in that a browser's return was; undefined where it was none, as when accounts were to be linked. */
export function upstreamFailure(outcome: ReturnOutcome | undefined): Omit<RefusedUpstream, 'address'> | undefined {
  if (outcome?.outcome !== 'refused' || outcome.goal.linking !== undefined) return undefined;
  const reason = FAILURES[outcome.reason];
  return reason && { user: outcome.user, reason };
}
