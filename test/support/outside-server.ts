import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const certificate = (name: string) => fileURLToPath(new URL(`./certificates/${name}`, import.meta.url));

/** What the server answers under a path. */
export interface OutsideDocument {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly location?: string;
}

/** An https server of somebody else, whose documents a test puts there; it counts how often each was asked for. */
export class OutsideServer {
  readonly asked: string[] = [];
  private readonly documents = new Map<string, OutsideDocument>();
  private readonly server: Server;

  private constructor() {
    const tls = {
      key: readFileSync(certificate('localhost.key.pem')),
      cert: readFileSync(certificate('localhost.pem')),
    };
    this.server = createServer(tls, (request, response) => {
      const path = request.url ?? '';
      this.asked.push(path);
      const { status, type = 'application/json', body = '', location } = this.documents.get(path) ?? { status: 404 };
      response
        .writeHead(status ?? 200, { 'content-type': type, ...(location === undefined ? {} : { location }) })
        .end(body);
    });
  }

  static async start(): Promise<OutsideServer> {
    const outside = new OutsideServer();
    await new Promise<void>((resolve) => outside.server.listen(0, '127.0.0.1', resolve));
    return outside;
  }

  /** What a service needs to reach this server, which is on the same machine. */
  get env(): NodeJS.ProcessEnv {
    return { OUTBOUND_ALLOW: new URL(this.url('/')).host, OUTBOUND_CA_FILE: certificate('ca.pem') };
  }

  url(path: string): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Puts a document there; its address. */
  put(path: string, document: OutsideDocument): string {
    this.documents.set(path, document);
    return this.url(path);
  }

  putJson(path: string, value: unknown): string {
    return this.put(path, { body: JSON.stringify(value) });
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
