import type { PostedForm } from '#platform/http/index.js';
import type { ConsentDurationChoice, ConsentOffer } from './consent-offer.js';

/** What the consent form says. */
export type ConsentDecision =
  | { readonly decision: 'deny' | 'another-account' }
  | {
      readonly decision: 'allow';
      /** All that is granted now, in the order asked for. */
      readonly granted: readonly string[];
      /** What was asked and granted now, to be remembered. */
      readonly approved: readonly string[];
      /** What was asked and left out. */
      readonly declined: readonly string[];
      readonly duration: ConsentDurationChoice;
    }
  /** Nothing that the page offers was chosen. */
  | { readonly decision: 'unclear'; readonly problem: 'missing' | 'invalid' }
  /** Somebody changed the form: this scope was not offered. */
  | { readonly decision: 'forged'; readonly scope: string };

const MOST_DAYS = 3650;

/** Judges the consent form against what was offered. */
export function consentDecision(form: PostedForm, offer: ConsentOffer): ConsentDecision {
  if (form.get('action') === 'use-another-account') return { decision: 'another-account' };
  const decision = form.get('decision');
  if (decision === 'deny') return { decision: 'deny' };
  if (decision !== 'allow') return { decision: 'unclear', problem: 'missing' };
  return allowed(form, offer);
}

function allowed(form: PostedForm, { required, optional, settled, durations }: ConsentOffer): ConsentDecision {
  const earlier = settled.map(({ scope }) => scope);
  const ticked = form.all('scope');
  const forged = ticked.find((name) => ![...required, ...optional, ...earlier].includes(name));
  if (forged !== undefined) return { decision: 'forged', scope: forged };
  const duration = chosenDuration(form.all('duration'), durations);
  if (duration === undefined) return { decision: 'unclear', problem: 'invalid' };
  const approved = [...required, ...optional.filter((name) => ticked.includes(name))];
  return {
    decision: 'allow',
    granted: [...earlier, ...approved],
    approved,
    declined: optional.filter((name) => !ticked.includes(name)),
    duration,
  };
}

/** The duration that was chosen, or the one that the page suggests; undefined for one that was not offered. */
function chosenDuration(
  posted: readonly string[],
  offered: readonly ConsentDurationChoice[],
): ConsentDurationChoice | undefined {
  const [value, ...others] = posted;
  if (value === undefined) return suggestedDuration(offered);
  const duration = others.length > 0 ? undefined : durationFrom(value);
  const choice = offered.find(({ kind }) => kind === duration?.kind);
  const tooLong = choice?.kind === 'days' && duration?.kind === 'days' && duration.days > (choice.most ?? MOST_DAYS);
  return choice === undefined || tooLong ? undefined : duration;
}

/** The duration that the page suggests: the middle one, or the only one. */
export function suggestedDuration(offered: readonly ConsentDurationChoice[]): ConsentDurationChoice | undefined {
  return offered.find(({ kind }) => kind === 'days') ?? offered[0];
}

/** A duration as the form posts it. */
export function durationValue(duration: ConsentDurationChoice): string {
  return duration.kind === 'days' ? `days:${duration.days}` : duration.kind;
}

function durationFrom(value: string): ConsentDurationChoice | undefined {
  if (value === 'once' || value === 'forever') return { kind: value };
  const days = Number(/^days:([1-9]\d{0,3})$/.exec(value)?.[1] ?? Number.NaN);
  return days <= MOST_DAYS ? { kind: 'days', days } : undefined;
}

const DAY_MS = 86_400_000;

/** When an approval of this duration ends; absent when it lasts until it is taken back. */
export function durationEnd(duration: ConsentDurationChoice, now: Date): Date | undefined {
  if (duration.kind === 'days') return new Date(now.getTime() + duration.days * DAY_MS);
  return duration.kind === 'once' ? now : undefined;
}
