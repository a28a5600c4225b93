import type { PublishedEvent } from '#platform/events/index.js';
import { wireName } from '#platform/http/index.js';

/** What a webhook is told, as it is delivered: the same bytes at each attempt. */
export interface WebhookMessage {
  /** The `webhook-id`: the same for every attempt, and for every webhook that is told of the event. */
  readonly id: string;
  readonly type: string;
  /** JSON with `type`, `timestamp` and `data` (Standard Webhooks, payload structure). */
  readonly body: string;
}

/** Members of payloads that are for listeners inside alone: what a person was called before, and how listeners work. */
const KEPT_INSIDE: ReadonlySet<string> = new Set(['previous', 'exceptSessionId']);

/** Writes an event as what webhooks are told of it. */
export function messageOf({ name, payload }: PublishedEvent, id: string, now: Date): WebhookMessage {
  const told = Object.entries(payload).filter(([member]) => !KEPT_INSIDE.has(member));
  return message(id, name, now, Object.fromEntries(told.map(([member, value]) => [wireName(member), value])));
}

/** The name of what the test button sends. */
export const TEST_TYPE = 'webhook.test';

/** What the test button sends. */
export function testMessage(webhookId: string, id: string, now: Date): WebhookMessage {
  return message(id, TEST_TYPE, now, { webhook_id: webhookId });
}

function message(id: string, type: string, now: Date, data: object): WebhookMessage {
  return { id, type, body: JSON.stringify({ type, timestamp: now.toISOString(), data }) };
}
