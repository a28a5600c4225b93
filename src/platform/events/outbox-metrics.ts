import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Clock } from '#platform/crypto/index.js';
import { Metrics } from '#platform/observability/index.js';
import { OutboxRepository } from './outbox.repository.js';

/** Shows operators whether what must go outside gets there: attempts, what waits, and for how long. */
@Injectable()
export class OutboxMetrics {
  private readonly attempts: Counter;

  constructor({ registry }: Metrics, rows: OutboxRepository, clock: Clock) {
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
        const waiting = await rows.waiting();
        this.reset();
        for (const { topic, rows: count } of waiting) this.set({ topic }, count);
      },
    });
    new Gauge({
      name: 'gatehouse_outbox_oldest_pending_seconds',
      help: 'How long the oldest pending row of the outbox has waited, by topic.',
      ...shared,
      async collect() {
        const waiting = await rows.waiting();
        this.reset();
        for (const { topic, since } of waiting) this.set({ topic }, (clock.now().getTime() - since.getTime()) / 1000);
      },
    });
  }

  /** Counts an attempt. */
  attempted(topic: string, outcome: 'delivered' | 'retry' | 'failed'): void {
    this.attempts.inc({ topic, outcome });
  }
}
