import cluster from 'node:cluster';
import { createServer, type Server } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AggregatorRegistry } from 'prom-client';
import { ServerSettings } from '#platform/config/index.js';
import { Metrics } from './metrics.js';

const READ_MILLISECONDS = 10_000;

/** Serves `/metrics` on METRICS_PORT, for a network that only the monitoring reaches. */
@Injectable()
export class MetricsListener implements OnApplicationShutdown {
  private listener: Server | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly server: ServerSettings,
  ) {}

  /** Starts to listen, when a port is set; one of several processes hands its measurements to the first instead. */
  async start(): Promise<void> {
    if (this.server.metricsPort === undefined) return;
    if (cluster.isWorker) {
      AggregatorRegistry.setRegistries(this.metrics.all);
      new AggregatorRegistry();
    } else {
      this.listener = await listen(this.server, this.metrics.mediaType, () => this.metrics.text());
    }
  }

  onApplicationShutdown(): void {
    this.listener?.close();
    this.listener?.closeAllConnections();
  }
}

/** Serves the sum of what all processes measured, in the process that supervises them. */
export async function serveClusterMetrics(server: ServerSettings): Promise<void> {
  if (server.metricsPort === undefined) return;
  const registry = new AggregatorRegistry();
  await listen(server, registry.contentType, () => registry.clusterMetrics());
}

async function listen(server: ServerSettings, mediaType: string, text: () => Promise<string>): Promise<Server> {
  const listener = createServer({ requestTimeout: READ_MILLISECONDS, headersTimeout: READ_MILLISECONDS });
  listener.on('request', (request, response) => {
    const found = request.url === '/metrics' && request.method === 'GET';
    const body = found ? text() : Promise.resolve('not found\n');
    const headers = { 'content-type': found ? mediaType : 'text/plain', 'cache-control': 'no-store' };
    body.then(
      (measured) => response.writeHead(found ? 200 : 404, headers).end(measured),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(server.metricsPort, server.host, resolve);
  });
  return listener;
}
