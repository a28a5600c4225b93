import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { BoundedWork, Clock, Overloaded, WorkQueues } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import type { DeliveryOutcome } from './delivery.js';
import type { OutboxCatalogue, OutboxTopic } from './outbox-catalogue.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { LAST_ERROR_LENGTH, type OutboxRow } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { nextAttempt } from './retry-schedule.js';

/** Longer than any attempt takes; a process that dies in one leaves the row to others after this. */
const CLAIM_MS = 15_000;
const KEPT_MS = { delivered: 86_400_000, failed: 7 * 86_400_000 } as const;
const BATCH_SIZE = 32;

type Deliver = (payload: unknown) => Promise<DeliveryOutcome>;

/** Carries the rows of the outbox outside, each by one process at a time, until each is delivered or given up. */
@Injectable()
export class OutboxCourier implements OnModuleDestroy {
  private readonly logger = new Logger('outbox');
  private readonly carriers = new Map<string, Deliver>();
  private readonly running = new Set<Promise<void>>();
  // New rows do not queue behind those of a receiver that has been down for hours.
  private readonly fresh: BoundedWork;
  private readonly again: BoundedWork;
  private stopping = false;

  constructor(
    private readonly rows: OutboxRepository,
    private readonly database: Database,
    private readonly metrics: OutboxMetrics,
    private readonly clock: Clock,
    queues: WorkQueues,
  ) {
    const bounds = { waiting: 500, retryAfterSeconds: 1 };
    this.fresh = queues.open('delivery', { what: 'deliveries', parallel: 16, ...bounds });
    this.again = queues.open('redelivery', { what: 'retries', parallel: 8, ...bounds });
  }

  /** Says who carries a topic; it may be asked twice for the same, and must answer within ten seconds. */
  carry<T extends OutboxTopic>(topic: T, deliver: (payload: OutboxCatalogue[T]) => Promise<DeliveryOutcome>): void {
    this.carriers.set(topic, deliver as Deliver);
  }

  /** Begins to deliver a row that was just committed; what does not come about now is left to `deliverDue`. */
  hurry(id: string): void {
    if (this.stopping) return;
    const run = this.database
      .outside(() => this.fresh.run(() => this.deliverNow(id)))
      .catch((error: unknown) => {
        if (!(error instanceof Overloaded)) this.logger.error(error);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Delivers all that is due, until the signal says that the service is stopping. */
  async deliverDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const rows = await this.rows.due(this.clock.now(), BATCH_SIZE);
      await Promise.all(rows.map((row) => this.again.run(() => this.attempt(row))));
      if (rows.length < BATCH_SIZE) return;
    }
  }

  /** Waits for what is under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private async deliverNow(id: string): Promise<void> {
    const row = await this.rows.find(id);
    if (row !== null) await this.attempt(row);
  }

  private async attempt(row: OutboxRow): Promise<void> {
    const now = this.clock.now();
    if (!(await this.rows.claim(row, now, new Date(now.getTime() + CLAIM_MS)))) return;
    const outcome = await this.outcomeOf(row);
    this.metrics.attempted(row.topic, outcome.outcome);
    await this.note({ ...row, attempts: row.attempts + 1 }, outcome);
  }

  private async outcomeOf({ topic, payload }: OutboxRow): Promise<DeliveryOutcome> {
    try {
      const deliver = this.carriers.get(topic);
      return deliver === undefined ? { outcome: 'retry', detail: 'nobody carries this topic' } : await deliver(payload);
    } catch (error) {
      this.logger.error(error);
      return { outcome: 'retry', detail: 'the attempt failed here' };
    }
  }

  private async note(row: OutboxRow, outcome: DeliveryOutcome): Promise<void> {
    const { id, attempts } = row;
    const now = this.clock.now();
    if (outcome.outcome === 'delivered') {
      await this.rows.settle(id, attempts, {
        status: 'delivered',
        lastError: null,
        expiresAt: after(now, KEPT_MS.delivered),
      });
      return;
    }
    const lastError = outcome.detail.slice(0, LAST_ERROR_LENGTH);
    const next = outcome.outcome === 'retry' ? nextAttempt(row.createdAt, attempts, now, Math.random()) : undefined;
    this.tell(row, lastError, next);
    await this.rows.settle(
      id,
      attempts,
      next === undefined
        ? { status: 'failed', lastError, expiresAt: after(now, KEPT_MS.failed) }
        : { nextAttemptAt: next, lastError },
    );
  }

  private tell({ id, topic, about, attempts }: OutboxRow, detail: string, next: Date | undefined): void {
    const facts = { id, topic, about, attempts, detail };
    if (next === undefined) this.logger.warn({ msg: 'a delivery failed for good', ...facts });
    else this.logger.log({ msg: 'a delivery is tried again', ...facts, nextAttemptAt: next.toISOString() });
  }
}

function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
