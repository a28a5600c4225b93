import type { WebhookRow } from './webhook.entity.js';

/** Why the service stopped telling a webhook by itself: it said that it is gone, or took nothing for days. */
export type DisabledBecause = 'gone' | 'failing';

/** A place outside that is told of events. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** The names of events, or every one. */
  readonly events: readonly string[] | '*';
  readonly description: string | undefined;
  readonly status: 'active' | 'disabled';
  readonly disabledBecause: DisabledBecause | undefined;
  readonly failingSince: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an administrator decides about a webhook. */
export interface WebhookInput {
  readonly url: string;
  readonly events: readonly string[] | '*';
  readonly description?: string | undefined;
  readonly status: 'active' | 'disabled';
}

const EVERY_EVENT = '*';

/** Reads a row as the webhook it stands for. */
export function webhookFrom(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: row.events.includes(EVERY_EVENT) ? '*' : row.events,
    description: row.description ?? undefined,
    status: row.status as Webhook['status'],
    disabledBecause: (row.disabledBecause ?? undefined) as DisabledBecause | undefined,
    failingSince: row.failingSince ?? undefined,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The columns that an administrator decides about. */
export function columnsOf({
  url,
  events,
  description = '',
  status,
}: WebhookInput): Pick<WebhookRow, 'url' | 'events' | 'description' | 'status'> {
  const names = events === '*' ? [EVERY_EVENT] : [...new Set(events)].sort();
  return { url, events: names, description: description === '' ? null : description, status };
}

/** Whether a webhook wants to be told of an event. */
export function wants({ events }: Pick<Webhook, 'events'>, name: string): boolean {
  return events === '*' || events.includes(name);
}
