import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** An answer on its way back, as a proxy may change it. */
export interface PassingAnswer {
  readonly path: string;
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A certificate and its key, for a proxy that ends TLS. */
export interface ProxyTls {
  readonly cert: string;
  readonly key: string;
}

/** A reverse proxy that does to requests and answers what a test tells it to. */
export class MeddlingProxy {
  /** Changes the headers of what is passed on. */
  forward: (headers: IncomingHttpHeaders) => IncomingHttpHeaders = (headers) => headers;
  /** Changes what comes back. */
  meddle: (answer: PassingAnswer) => void = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {}

  /** Listens on a free port; where it passes requests to is said once that is known. */
  static async listen(target: () => number, tls?: ProxyTls): Promise<MeddlingProxy> {
    const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
    const proxy = new MeddlingProxy(server, tls === undefined ? 'http' : 'https');
    server.on('request', (incoming, reply) => {
      proxy.pass(incoming, target()).then(
        ({ status, headers, body }) => reply.writeHead(status, headers).end(body),
        () => reply.writeHead(502).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.scheme}://localhost:${port}`;
  }

  /** Passes everything unchanged again. */
  behave(): void {
    this.meddle = () => undefined;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage, port: number): Promise<PassingAnswer> {
    const path = incoming.url ?? '/';
    const sent = await textOf(incoming);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method } = incoming;
      const headers = this.forward(incoming.headers);
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, resolve);
      outgoing.on('error', reject).end(sent);
    });
    const {
      'content-length': _length,
      'transfer-encoding': _encoding,
      connection: _connection,
      ...headers
    } = answer.headers;
    const passing = { path, status: answer.statusCode ?? 502, headers, body: await textOf(answer) };
    this.meddle(passing);
    return passing;
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
