import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '#platform/observability/index.js';

/** How an attempt was received: taken, answered otherwise, not answered, or answered that nobody is there any more. */
export type Reception = 'taken' | 'refused' | 'unreachable' | 'gone';

/** Shows operators whether webhooks take what they are told. */
@Injectable()
export class WebhookMetrics {
  private readonly attempts: Counter;

  constructor({ registry }: Metrics) {
    this.attempts = new Counter({
      name: 'gatehouse_webhook_attempts_total',
      help: 'Attempts to tell webhooks what happened, by how they were received: taken, refused, unreachable or gone.',
      labelNames: ['reception'],
      registers: [registry],
    });
  }

  /** Counts an attempt. */
  received(reception: Reception): void {
    this.attempts.inc({ reception });
  }
}
