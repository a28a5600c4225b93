import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Clock } from '#platform/crypto/index.js';
import { Metrics } from '#platform/observability/index.js';
import type { ExpiringSecret } from './expiring-secret.js';
import { ExpiringSecrets } from './expiring-secrets.service.js';

const KEEP_MS = 60_000;

/** Shows operators how soon the next secret runs out; one series for each kind, however many secrets there are. */
@Injectable()
export class ExpiryMetrics {
  private readonly logger = new Logger('expiry');
  private reading: { readonly at: number; readonly secrets: Promise<readonly ExpiringSecret[]> } | undefined;

  constructor(
    private readonly expiring: ExpiringSecrets,
    private readonly clock: Clock,
    { registry }: Metrics,
  ) {
    const seconds = () => this.seconds();
    new Gauge({
      name: 'gatehouse_secret_expiry_seconds',
      help: 'Seconds until the next secret or certificate runs out, by kind; absent while none does within 30 days.',
      labelNames: ['kind'],
      registers: [registry],
      aggregator: 'min',
      async collect() {
        this.reset();
        for (const [kind, left] of await seconds()) this.set({ kind }, left);
      },
    });
  }

  private async seconds(): Promise<ReadonlyMap<string, number>> {
    const [secrets, now] = [await this.secrets(), this.clock.now().getTime()];
    const left = new Map<string, number>();
    for (const { kind, expiresAt } of secrets) {
      const seconds = Math.max(0, Math.round((expiresAt.getTime() - now) / 1000));
      left.set(kind, Math.min(seconds, left.get(kind) ?? seconds));
    }
    return left;
  }

  /** Without a database there is nothing to say of secrets; the other measurements are needed then more than ever. */
  private secrets(): Promise<readonly ExpiringSecret[]> {
    const now = this.clock.now().getTime();
    if (this.reading === undefined || Math.abs(now - this.reading.at) >= KEEP_MS) {
      const secrets = this.expiring.soon().catch((error: unknown) => {
        this.logger.warn({ err: error, msg: 'what runs out cannot be looked up' });
        return [];
      });
      this.reading = { at: now, secrets };
    }
    return this.reading.secrets;
  }
}
