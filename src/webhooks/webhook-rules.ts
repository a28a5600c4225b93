import { Injectable } from '@nestjs/common';
import { EVENT_REACH } from '#platform/events/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { DESCRIPTION_LENGTH } from './webhook.entity.js';
import type { WebhookInput } from './webhook.js';

/** What is wrong with a member of a webhook (RFC 6901 pointer). */
export interface WebhookProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** The names of the events that webhooks may be told of. */
export const TOLD_EVENTS: readonly string[] = Object.entries(EVENT_REACH)
  .filter(([, { told }]) => told)
  .map(([name]) => name);

const LONGEST_URL = 2000;

/** Says what webhooks there can be. */
@Injectable()
export class WebhookRules {
  constructor(private readonly http: OutboundHttp) {}

  /** Why a webhook cannot be as it is wanted. */
  problems(input: WebhookInput): WebhookProblem[] {
    return webhookProblems(input, this.http.problem(input.url));
  }
}

/** Why a webhook cannot be as it is wanted; `unreachable` is what the way out says about its URL. */
export function webhookProblems(
  { url, events, description = '' }: WebhookInput,
  unreachable: string | undefined,
): WebhookProblem[] {
  return [
    ...urlProblems(url, unreachable),
    ...eventsProblems(events),
    ...(description.length > DESCRIPTION_LENGTH
      ? [{ pointer: '#/description', detail: `must have at most ${DESCRIPTION_LENGTH} characters` }]
      : []),
  ];
}

function urlProblems(url: string, unreachable: string | undefined): WebhookProblem[] {
  const pointer = '#/url';
  if (unreachable !== undefined) return [{ pointer, detail: `cannot be told anything: ${unreachable}` }];
  if (url.length > LONGEST_URL) return [{ pointer, detail: `must have at most ${LONGEST_URL} characters` }];
  return url.includes('#') ? [{ pointer, detail: 'must have no fragment' }] : [];
}

function eventsProblems(events: WebhookInput['events']): WebhookProblem[] {
  if (events === '*') return [];
  if (events.length === 0) return [{ pointer: '#/events', detail: 'must name an event, or be "*"' }];
  return events.flatMap((name, at) =>
    TOLD_EVENTS.includes(name) ? [] : [{ pointer: `#/events/${at}`, detail: 'is not an event that webhooks are told' }],
  );
}
