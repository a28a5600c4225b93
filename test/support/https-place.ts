import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const certificate = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** The authority that signed the certificate of an `HttpsPlace`. */
export const PLACE_AUTHORITY = certificate('ca.pem');

/** What is to be had at one path. */
export interface Served {
  readonly body: string;
  readonly mediaType?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The https server of a relying party on this machine, where it puts documents and counts who asks for them. */
export class HttpsPlace {
  readonly served = new Map<string, Served>();
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  private readonly server: Server;

  constructor() {
    const tls = {
      key: readFileSync(certificate('localhost.key.pem')),
      cert: readFileSync(certificate('localhost.pem')),
    };
    this.server = createServer(tls, (request, response) => {
      this.asked.push(request.url ?? '');
      const {
        body,
        mediaType = 'application/json',
        status = 200,
        headers = {},
      } = this.served.get(request.url ?? '') ?? {
        body: '',
        status: 404,
      };
      response.writeHead(status, { 'content-type': mediaType, ...headers }).end(body);
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  url(path: string, host = 'localhost'): string {
    return `https://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
