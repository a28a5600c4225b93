import { Agent, createServer, get, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';

const PROBE_EVERY_MS = 200;
/** A process that says no is left alone at once; one that says nothing may only be busy. */
const PROBE_PATIENCE_MS = 5000;

/** A small load balancer: in turn to whichever process says at /health/ready that it is; it never asks twice. */
export class Balancer {
  /** Requests that got no answer, or that there was nobody to give to. */
  readonly lost: string[] = [];
  readonly answered = new Map<number, number>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly ready = new Set<number>();
  private turn = 0;
  private probes: NodeJS.Timeout | undefined;

  private constructor(
    readonly port: number,
    private readonly upstreams: readonly number[],
    private readonly server: Server,
  ) {}

  static async start(port: number, upstreams: readonly number[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(port, upstreams, server);
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      balancer.forward(incoming, outgoing);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    balancer.probes = setInterval(() => {
      for (const upstream of upstreams) balancer.probe(upstream);
    }, PROBE_EVERY_MS);
    return balancer;
  }

  /** Whether requests go to a process. */
  sendsTo(upstream: number): boolean {
    return this.ready.has(upstream);
  }

  async stop(): Promise<void> {
    clearInterval(this.probes);
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private probe(port: number): void {
    const options = { host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: PROBE_PATIENCE_MS };
    const probe = get(options, (response) => {
      response.resume();
      if (response.statusCode === 200) this.ready.add(port);
      else this.ready.delete(port);
    });
    probe.on('timeout', () => probe.destroy(new Error('no answer')));
    probe.on('error', () => this.ready.delete(port));
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url: path, headers } = incoming;
    const what = `${method ?? ''} ${path?.split('?')[0] ?? ''}`;
    const choice = this.upstreams.filter((upstream) => this.ready.has(upstream));
    const port = choice[this.turn++ % choice.length];
    if (port === undefined) {
      this.lose(`${what}: nobody is ready`, outgoing);
      return;
    }
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: this.agent }, (response) => {
      if ((response.statusCode ?? 0) >= 500) this.lost.push(`${what} at ${port}: ${response.statusCode ?? ''}`);
      this.answered.set(port, (this.answered.get(port) ?? 0) + 1);
      const { connection: _hop, ...kept } = response.headers;
      outgoing.writeHead(response.statusCode ?? 502, kept);
      response.pipe(outgoing);
    });
    onward.on('error', (error) => {
      this.lose(`${what} at ${port}: ${error.message}`, outgoing);
    });
    incoming.pipe(onward);
  }

  private lose(what: string, outgoing: ServerResponse): void {
    this.lost.push(what);
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  }
}
