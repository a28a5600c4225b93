import type { OutboxCatalogue, OutboxTopic } from './outbox-catalogue.js';
import type { OutboxRow } from './outbox.entity.js';

/** The status of an answer over HTTP, where there was one. */
interface Answered {
  readonly responseStatus?: number | undefined;
}

/** What came of one attempt to carry something outside. */
export type DeliveryOutcome =
  | ({ readonly outcome: 'delivered' } & Answered)
  /** It may well succeed later. */
  | ({ readonly outcome: 'retry'; readonly detail: string } & Answered)
  /** It never will. */
  | ({ readonly outcome: 'failed'; readonly detail: string } & Answered);

/** Where a delivery stands. */
export type DeliveryStatus = 'pending' | 'delivered' | 'failed';

/** A delivery as operators see it: never what was sent. */
export interface Delivery {
  readonly id: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly lastAttemptAt: Date | undefined;
  /** The status of the last answer, where there was one. */
  readonly responseStatus: number | undefined;
  /** Why the last attempt failed. */
  readonly lastError: string | undefined;
  /** When it is tried again; for a pending delivery alone. */
  readonly nextAttemptAt: Date | undefined;
}

/** A delivery with what is delivered. */
export interface Carried<T extends OutboxTopic> extends Delivery {
  readonly payload: OutboxCatalogue[T];
}

/** Reads a row as the delivery it stands for. */
export function deliveryFrom(row: OutboxRow): Delivery {
  const { id, attempts, createdAt } = row;
  return {
    id,
    status: row.status as DeliveryStatus,
    attempts,
    createdAt,
    lastAttemptAt: row.lastAttemptAt ?? undefined,
    responseStatus: row.responseStatus ?? undefined,
    lastError: row.lastError ?? undefined,
    nextAttemptAt: row.status === 'pending' ? row.nextAttemptAt : undefined,
  };
}
