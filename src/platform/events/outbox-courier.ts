import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { BoundedWork, Clock, Overloaded, WorkQueues } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import type { DeliveryOutcome } from './delivery.js';
import { Destinations, fewAtATime, Turn } from './destinations.js';
import type { OutboxCatalogue, OutboxTopic } from './outbox-catalogue.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { LAST_ERROR_LENGTH, type OutboxRow } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { nextAttempt } from './retry-schedule.js';

/** Longer than any attempt takes; a process that dies in one leaves the row to others after this. */
const CLAIM_MS = 15_000;
const DAY_MS = 86_400_000;
const FAILED_KEPT_MS = 7 * DAY_MS;
const BATCH_SIZE = 32;
/** A destination that fails so often, or takes so long, lets the others go first until the next run. */
const ONE_TURN = { failures: 3, milliseconds: 4000 } as const;

/** What is to be known of how a topic is carried. */
interface Carrier {
  readonly deliver: (payload: unknown) => Promise<DeliveryOutcome>;
  readonly keptMs: number;
}

/** How a topic is carried, besides by whom. */
interface CarryChoices {
  /** For how many days a delivery can be looked up that came about; a day unless said. */
  readonly deliveredKeptDays?: number;
}

/** Carries the rows of the outbox outside, each by one process at a time, until each is delivered or given up. */
@Injectable()
export class OutboxCourier implements OnModuleDestroy {
  private readonly logger = new Logger('outbox');
  private readonly carriers = new Map<string, Carrier>();
  private readonly destinations = new Destinations();
  private readonly running = new Set<Promise<unknown>>();
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
  carry<T extends OutboxTopic>(
    topic: T,
    deliver: (payload: OutboxCatalogue[T]) => Promise<DeliveryOutcome>,
    { deliveredKeptDays = 1 }: CarryChoices = {},
  ): void {
    this.carriers.set(topic, { deliver: deliver as Carrier['deliver'], keptMs: deliveredKeptDays * DAY_MS });
  }

  /** Begins to deliver a row that was just committed; what does not come about now is left to `deliverDue`. */
  hurry(row: OutboxRow): void {
    const { about } = row;
    if (this.stopping || !this.destinations.enter(about)) return;
    const run = this.database
      .outside(() => this.fresh.run(() => this.attempt(row)))
      .catch((error: unknown) => {
        if (!(error instanceof Overloaded)) this.logger.error(error);
      })
      .finally(() => {
        this.destinations.left(about);
        this.running.delete(run);
      });
    this.running.add(run);
  }

  /** Delivers all that is due, until the signal says that the service is stopping. */
  async deliverDue(signal: AbortSignal): Promise<void> {
    const hadTheirTurn = new Set<string>();
    while (!signal.aborted) {
      const rows = await this.rows.due(this.clock.now(), BATCH_SIZE, hadTheirTurn);
      const turns = [...byDestination(rows)].map(async ([about, due]) => {
        if (!(await this.again.run(() => this.deliverTo(due)))) hadTheirTurn.add(about);
      });
      await Promise.all(turns);
      if (rows.length < BATCH_SIZE) return;
    }
  }

  /** Tries what is due to one destination; false when the others are to come first. */
  private async deliverTo(due: readonly OutboxRow[]): Promise<boolean> {
    const turn = new Turn(ONE_TURN);
    await fewAtATime(
      due,
      () => turn.over,
      async (row) => {
        if ((await this.attempt(row)) === 'retry') turn.failed();
      },
    );
    return !turn.over;
  }

  /** Waits for what is under way. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  /** What came of an attempt; nothing when another process makes it. */
  private async attempt(row: OutboxRow): Promise<DeliveryOutcome['outcome'] | undefined> {
    const now = this.clock.now();
    if (!(await this.rows.claim(row, now, new Date(now.getTime() + CLAIM_MS)))) return undefined;
    const outcome = await this.outcomeOf(row);
    this.destinations.settled(row.about, outcome);
    this.metrics.attempted(row.topic, outcome.outcome);
    await this.note({ ...row, attempts: row.attempts + 1 }, outcome);
    return outcome.outcome;
  }

  private async outcomeOf({ topic, payload }: OutboxRow): Promise<DeliveryOutcome> {
    try {
      const carrier = this.carriers.get(topic);
      if (carrier === undefined) return { outcome: 'retry', detail: 'nobody carries this topic' };
      return await carrier.deliver(payload);
    } catch (error) {
      this.logger.error(error);
      return { outcome: 'retry', detail: 'the attempt failed here' };
    }
  }

  private async note(row: OutboxRow, outcome: DeliveryOutcome): Promise<void> {
    const { id, attempts } = row;
    const now = this.clock.now();
    const responseStatus = outcome.responseStatus ?? null;
    if (outcome.outcome === 'delivered') {
      const expiresAt = after(now, this.carriers.get(row.topic)?.keptMs ?? DAY_MS);
      await this.rows.settle(id, attempts, { status: 'delivered', lastError: null, responseStatus, expiresAt });
      return;
    }
    const lastError = outcome.detail.slice(0, LAST_ERROR_LENGTH);
    const next = outcome.outcome === 'retry' ? nextAttempt(row.createdAt, attempts, now, Math.random()) : undefined;
    this.tell(row, lastError, next);
    await this.rows.settle(
      id,
      attempts,
      next === undefined
        ? { status: 'failed', lastError, responseStatus, expiresAt: after(now, FAILED_KEPT_MS) }
        : { nextAttemptAt: next, lastError, responseStatus },
    );
  }

  private tell({ id, topic, about, attempts }: OutboxRow, detail: string, next: Date | undefined): void {
    const facts = { id, topic, about, attempts, detail };
    if (next === undefined) this.logger.warn({ msg: 'a delivery failed for good', ...facts });
    else this.logger.log({ msg: 'a delivery is tried again', ...facts, nextAttemptAt: next.toISOString() });
  }
}

function byDestination(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.about, [...(groups.get(row.about) ?? []), row]);
  return groups;
}

function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
