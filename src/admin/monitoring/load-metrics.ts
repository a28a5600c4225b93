import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Changes } from '#platform/cache/index.js';
import { WorkQueues } from '#platform/crypto/index.js';
import { Metrics } from '#platform/observability/index.js';

/** Shows operators how full the queues of this process are, and how often its memory spares a look at the database. */
@Injectable()
export class LoadMetrics {
  constructor({ registry }: Metrics, queues: WorkQueues, changes: Changes) {
    const ofQueue = { labelNames: ['queue' as const, 'state' as const], registers: [registry] };
    new Gauge({
      name: 'gatehouse_queue_depth',
      help: 'Costly work in a bounded queue, by queue and state: running or waiting.',
      ...ofQueue,
      collect() {
        for (const [queue, { running, waiting }] of queues.loads) {
          this.set({ queue, state: 'running' }, running);
          this.set({ queue, state: 'waiting' }, waiting);
        }
      },
    });
    new Counter({
      name: 'gatehouse_queue_refused_total',
      help: 'Work refused because its queue was full, by queue.',
      labelNames: ['queue'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [queue, { refused }] of queues.loads) this.inc({ queue }, refused);
      },
    });
    new Counter({
      name: 'gatehouse_cache_lookups_total',
      help: 'Rows asked of the memory of this process, by kind and outcome: hit or miss.',
      labelNames: ['kind', 'outcome'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [kind, { hits, misses }] of changes.lookups) {
          this.inc({ kind, outcome: 'hit' }, hits);
          this.inc({ kind, outcome: 'miss' }, misses);
        }
      },
    });
  }
}
