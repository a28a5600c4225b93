import type { AuditEvent } from '../audit-event.js';

/** A sealed event and its place. */
export type SealedEvent = AuditEvent & { readonly sequence: number };

/** Where the record is told, in its order. */
export interface AuditDestination {
  /** Under which its position is kept. */
  readonly name: string;
  /** Delivers all of the events or throws; whatever was delivered before it threw comes again. */
  deliver(events: readonly SealedEvent[]): Promise<void>;
}
