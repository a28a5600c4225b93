import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/**
 * What the runtime tells of the process. There is one for all services in it: the library's observer of garbage collection can
 * never be let go, and would keep each service that has been closed.
 */
const RUNTIME = new Registry();
collectDefaultMetrics({ register: RUNTIME });

/** The measurements of this process, in the form Prometheus reads. */
@Injectable()
export class Metrics {
  /** Where modules register counters of their own. */
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'gatehouse_http_request_duration_seconds',
    help: 'How long answers took, by route, method and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'gatehouse_refusals_total',
    help: 'Requests that were refused with an error code, by endpoint and code.',
    labelNames: ['endpoint', 'error'],
    registers: [this.registry],
  });

  answered(method: string, route: string, status: number, seconds: number): void {
    this.durations.observe({ method: KNOWN_METHODS.has(method) ? method : 'other', route, status }, seconds);
  }

  /** Counts a refusal; the endpoint is a route and the error a code of a standard, so that both are bounded. */
  refused(endpoint: string | undefined, error: string): void {
    this.refusals.inc({ endpoint: endpoint ?? 'none', error });
  }

  /** These measurements and those of the runtime. */
  get all(): Registry[] {
    return [this.registry, RUNTIME];
  }

  get mediaType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return Registry.merge(this.all).metrics();
  }
}

const KNOWN_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
