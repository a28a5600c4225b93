import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PrivateAuthority } from '../../support/private-authority.js';

/** One pixel, which is a logo as far as a media type goes. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The path that the suite gives a test plan with an alias. */
const BASE = '/test/a/gatehouse';

/** A request that came to the relying party. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** What the relying party publishes at one of its addresses. */
export interface Published {
  readonly type: string;
  readonly body: string | Buffer;
}

/** The web server of the relying party: publishes what the provider fetches, and remembers everything that comes in. */
export class SuiteServer {
  readonly calls: Call[] = [];
  private readonly published = new Map<string, Published>();
  private readonly awaited = new Map<string, (call: Call) => void>();

  private constructor(private readonly server: Server) {
    this.published.set(`${BASE}/images/openid.png`, { type: 'image/png', body: PIXEL });
  }

  /** Listens on a free port with a certificate for `localhost`. */
  static async start({ certFile, keyFile }: PrivateAuthority): Promise<SuiteServer> {
    const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
    const suite = new SuiteServer(server);
    server.on('request', (request, response) => {
      void readAll(request).then((body) => {
        const answer = suite.take(request, body);
        response.writeHead(answer.status, { 'content-type': answer.type, 'cache-control': 'no-store' });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return suite;
  }

  /** `host:port`, as an operator names it in `OUTBOUND_ALLOW`. */
  get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The address of a path, under the alias of a test plan. */
  url(path: string): string {
    return `https://${this.host}${BASE}${path}`;
  }

  /** Publishes something, or changes what is published. */
  publish(path: string, published: Published): string {
    this.published.set(`${BASE}${path}`, published);
    return this.url(path);
  }

  publishJson(path: string, value: unknown, type = 'application/json'): string {
    return this.publish(path, { type, body: JSON.stringify(value) });
  }

  /** What came to a path since the suite was started. */
  callsTo(path: string): readonly Call[] {
    return this.calls.filter(({ url }) => url.pathname === `${BASE}${path}`);
  }

  /** What comes to a path next. */
  nextCallTo(path: string): Promise<Call> {
    return new Promise((resolve) => this.awaited.set(`${BASE}${path}`, resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: IncomingMessage, body: string): Published & { status: number } {
    const url = new URL(request.url ?? '/', `https://${this.host}`);
    const method = request.method ?? 'GET';
    const call = { method, url, contentType: request.headers['content-type'], body };
    this.calls.push(call);
    this.awaited.get(url.pathname)?.(call);
    const found = this.published.get(url.pathname);
    return found === undefined ? { status: 200, type: 'text/html', body: '' } : { status: 200, ...found };
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
