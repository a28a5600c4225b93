import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';

const certificate = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));

/** What a service needs to reach receivers on this machine. */
export const REACHES_RECEIVERS: NodeJS.ProcessEnv = {
  OUTBOUND_ALLOW: '127.0.0.0/8',
  OUTBOUND_CA_FILE: certificate('ca.pem'),
};

/** A request as a webhook got it. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody's server on this machine that takes webhooks, over http or https, and answers as it is told to. */
export class WebhookReceiver {
  /** The status of its answers; 0 for none at all. */
  status = 204;
  readonly received: ReceivedWebhook[] = [];
  readonly #server: Server;
  readonly #waiting: (() => void)[] = [];

  private constructor(private readonly scheme: 'http' | 'https') {
    const tls = {
      key: readFileSync(certificate('localhost.key.pem')),
      cert: readFileSync(certificate('localhost.pem')),
    };
    const take: RequestListener = (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        this.received.push({ path, headers, body: Buffer.concat(parts).toString() });
        if (this.status !== 0) response.writeHead(this.status, { location: this.url('/elsewhere') }).end('thanks');
        for (const look of this.#waiting) look();
      });
    };
    this.#server = scheme === 'https' ? createSecureServer(tls, take) : createServer(take);
  }

  static async listen(scheme: 'http' | 'https' = 'http', port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(scheme);
    await new Promise<void>((resolve) => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  url(path: string): string {
    return `${this.scheme}://127.0.0.1:${this.port}${path}`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What arrived at a path. */
  at(path: string): readonly ReceivedWebhook[] {
    return this.received.filter((one) => one.path === path);
  }

  /** Waits until so many have arrived at a path, and answers these. */
  async arrived(count: number, path: string): Promise<readonly ReceivedWebhook[]> {
    while (this.at(path).length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.at(path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What a webhook was told, checked with a secret as receivers do it, by the clock that stands still for tests. */
export function verified(
  { headers, body }: ReceivedWebhook,
  secret: string,
  now: Date,
): Readonly<Record<string, unknown>> {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now.getTime());
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;
  } finally {
    clock.mockRestore();
  }
}
