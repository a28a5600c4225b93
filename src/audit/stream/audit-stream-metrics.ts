import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '#platform/observability/index.js';
import { AuditStream } from './audit-stream.service.js';

/** Shows operators whether destinations outside are told what happened. */
@Injectable()
export class AuditStreamMetrics {
  private readonly logger = new Logger('audit');

  constructor(
    { registry }: Metrics,
    private readonly stream: AuditStream,
  ) {
    const lags = () => this.lags();
    new Gauge({
      name: 'gatehouse_audit_stream_lag_events',
      help: 'Sealed audit events that a destination has not been told yet, by destination: file or syslog.',
      labelNames: ['destination'],
      registers: [registry],
      // Every process reads the same table, so several of them are not added up.
      aggregator: 'max',
      async collect() {
        for (const [destination, lag] of await lags()) this.set({ destination }, lag);
      },
    });
  }

  /** How far each is behind; nothing while the database is away, when the other measurements are wanted most. */
  private async lags(): Promise<[string, number][]> {
    try {
      const lags: [string, number][] = [];
      for (const destination of this.stream.destinations) {
        lags.push([destination.name, await this.stream.lag(destination)]);
      }
      return lags;
    } catch (error) {
      this.logger.warn({ err: error, msg: 'the audit stream cannot be measured' });
      return [];
    }
  }
}
