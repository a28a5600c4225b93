import { Injectable, Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { Clock } from '#platform/crypto/index.js';
import { Purges, Storage, type TableStorage } from '#platform/jobs/index.js';
import { Metrics } from '#platform/observability/index.js';

/** Measuring counts rows in the embedded database, so it is not done for each look. */
const KEEP_MS = 60_000;

interface Reading {
  readonly at: number;
  readonly tables: Promise<readonly TableStorage[]>;
}

/** Shows operators what the tables take that are purged, and whether their purge keeps up. */
@Injectable()
export class StorageMetrics {
  private readonly logger = new Logger('storage');
  private reading: Reading | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly storage: Storage,
    private readonly clock: Clock,
    purges: Purges,
  ) {
    this.gauge('gatehouse_table_rows', 'Rows of tables that are purged.', ({ rows }) => rows);
    this.gauge('gatehouse_table_data_bytes', 'What the rows of purged tables take.', ({ dataBytes }) => dataBytes);
    this.gauge('gatehouse_table_index_bytes', 'What their indexes take.', ({ indexBytes }) => indexBytes);
    this.gauge(
      'gatehouse_table_rows_per_day',
      'Rows that come and go in a day if each purge finds as many as the last one.',
      ({ rowsPerDay }) => rowsPerDay,
    );
    this.gauge(
      'gatehouse_purge_lag_seconds',
      'For how long the oldest expired row has been due; 0 when none is.',
      ({ purgeLagSeconds }) => purgeLagSeconds,
    );
    this.gauge(
      'gatehouse_purge_interval_seconds',
      'How long it is between two purges, while none is late.',
      ({ everySeconds }) => everySeconds,
    );
    new Counter({
      name: 'gatehouse_purge_deleted_rows_total',
      help: 'Expired rows deleted, by table.',
      labelNames: ['table'],
      registers: [metrics.registry],
      collect() {
        this.reset();
        for (const [table, rows] of purges.deleted) this.inc({ table }, rows);
      },
    });
    this.timeBatches(purges);
  }

  private timeBatches(purges: Purges): void {
    const batches = new Histogram({
      name: 'gatehouse_purge_batch_seconds',
      help: 'How long a batch of a purge took, and so held locks at most. By table.',
      labelNames: ['table'],
      buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers: [this.metrics.registry],
    });
    purges.watch(({ table, milliseconds }) => {
      batches.observe({ table }, milliseconds / 1000);
    });
  }

  private gauge(name: string, help: string, valueOf: (table: TableStorage) => number | undefined): void {
    const tables = () => this.tables();
    new Gauge({
      name,
      help: `${help} By table.`,
      labelNames: ['table'],
      registers: [this.metrics.registry],
      // Every process reads the same tables, so several of them are not added up.
      aggregator: 'max',
      async collect() {
        const measured = await tables();
        this.reset();
        for (const table of measured) {
          const value = valueOf(table);
          if (value !== undefined) this.set({ table: table.name }, value);
        }
      },
    });
  }

  /** Without a database there is nothing to say of tables; the other measurements are needed then more than ever. */
  private tables(): Promise<readonly TableStorage[]> {
    const now = this.clock.now().getTime();
    if (this.reading === undefined || Math.abs(now - this.reading.at) >= KEEP_MS) {
      const tables = this.storage.tables().catch((error: unknown) => {
        this.logger.warn({ err: error, msg: 'the tables cannot be measured' });
        return [];
      });
      this.reading = { at: now, tables };
    }
    return this.reading.tables;
  }
}
