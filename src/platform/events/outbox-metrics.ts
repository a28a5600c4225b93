import { Injectable, Logger } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Clock } from '#platform/crypto/index.js';
import { Metrics } from '#platform/observability/index.js';
import { OutboxRepository } from './outbox.repository.js';

/** Shows operators whether what must go outside gets there: attempts, what waits, and for how long. */
@Injectable()
export class OutboxMetrics {
  private readonly logger = new Logger('outbox');
  private readonly attempts: Counter;

  constructor(
    { registry }: Metrics,
    private readonly rows: OutboxRepository,
    clock: Clock,
  ) {
    const waiting = () => this.waiting();
    this.attempts = new Counter({
      name: 'gatehouse_outbox_attempts_total',
      help: 'Attempts to deliver what is in the outbox, by topic and what came of them: delivered, retry or failed.',
      labelNames: ['topic', 'outcome'],
      registers: [registry],
    });
    // Every process reads the same table, so several of them are not added up.
    const shared = { labelNames: ['topic' as const], registers: [registry], aggregator: 'max' as const };
    new Gauge({
      name: 'gatehouse_outbox_pending',
      help: 'Rows of the outbox that are not delivered yet, by topic.',
      ...shared,
      async collect() {
        const topics = await waiting();
        this.reset();
        for (const { topic, rows: count } of topics) this.set({ topic }, count);
      },
    });
    new Gauge({
      name: 'gatehouse_outbox_oldest_pending_seconds',
      help: 'How long the oldest pending row of the outbox has waited, by topic.',
      ...shared,
      async collect() {
        const topics = await waiting();
        this.reset();
        for (const { topic, since } of topics) this.set({ topic }, (clock.now().getTime() - since.getTime()) / 1000);
      },
    });
  }

  /** What waits; nothing while the database is away, when the other measurements are wanted most. */
  private async waiting(): ReturnType<OutboxRepository['waiting']> {
    try {
      return await this.rows.waiting();
    } catch (error) {
      this.logger.warn({ err: error, msg: 'the outbox cannot be measured' });
      return [];
    }
  }

  /** Counts an attempt. */
  attempted(topic: string, outcome: 'delivered' | 'retry' | 'failed'): void {
    this.attempts.inc({ topic, outcome });
  }
}
