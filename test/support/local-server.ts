import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const certificate = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** An https server of somebody else on this machine, with a certificate that only those trust who are told to. */
export abstract class LocalServer {
  private readonly server: Server;

  constructor() {
    const tls = {
      key: readFileSync(certificate('localhost.key.pem')),
      cert: readFileSync(certificate('localhost.pem')),
    };
    this.server = createServer(tls, (request, response) => {
      this.answer(request, response);
    });
  }

  protected abstract answer(request: IncomingMessage, response: ServerResponse): void;

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** `host:port`, as an operator names it in `OUTBOUND_ALLOW`. */
  get host(): string {
    return `localhost:${this.port}`;
  }

  /** What a service needs to reach this server. */
  get env(): NodeJS.ProcessEnv {
    return { OUTBOUND_ALLOW: this.host, OUTBOUND_CA_FILE: certificate('ca.pem') };
  }

  /** The address of a path; by another host, one that the service must not reach. */
  url(path: string, host = 'localhost'): string {
    return `https://${host}:${this.port}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}
