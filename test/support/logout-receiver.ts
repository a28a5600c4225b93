import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { decodeJwt, type JWTPayload } from 'jose';

const certificate = (name: string) => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** The authority whose certificate a receiver has, for OUTBOUND_CA_FILE. */
export const RECEIVER_CA_FILE = certificate('ca.pem');

/** One logout token as it arrived. */
export interface ReceivedLogout {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly form: Readonly<Record<string, string>>;
  readonly token: string;
  readonly claims: JWTPayload;
}

/** The https server of a relying party, which is told that users signed out. */
export class LogoutReceiver {
  /** What it answers; 0 for nothing, until it is closed. */
  status = 204;
  readonly received: ReceivedLogout[] = [];
  private readonly server: Server;
  private readonly waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor() {
    const tls = {
      key: readFileSync(certificate('localhost.key.pem')),
      cert: readFileSync(certificate('localhost.pem')),
    };
    this.server = createServer(tls, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const form = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
        const token = form['logout_token'] ?? '';
        const { method, url: path, headers } = request;
        this.received.push({ method, path, headers, form, token, claims: token === '' ? {} : decodeJwt(token) });
        if (this.status !== 0) response.writeHead(this.status, { location: this.url('/elsewhere') }).end();
        for (const { count, resolve } of this.waiting) if (this.received.length >= count) resolve();
      });
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `https://${this.host}${path}`;
  }

  /** Waits until so many have arrived at a path of its own, and answers these. */
  async arrived(count: number, path: string): Promise<readonly ReceivedLogout[]> {
    const here = (): ReceivedLogout[] => this.received.filter((one) => one.path === path);
    while (here().length < count) {
      const next = this.received.length + 1;
      await new Promise<void>((resolve) => this.waiting.push({ count: next, resolve }));
    }
    return here();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
