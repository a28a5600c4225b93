import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, type JWTPayload } from 'jose';
import { LocalServer } from './local-server.js';

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
export class LogoutReceiver extends LocalServer {
  /** What it answers; 0 for nothing, until it is closed. */
  status = 204;
  readonly received: ReceivedLogout[] = [];
  private readonly waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Waits until so many have arrived at a path of its own, and answers these. */
  async arrived(count: number, path: string): Promise<readonly ReceivedLogout[]> {
    const here = (): ReceivedLogout[] => this.received.filter((one) => one.path === path);
    while (here().length < count) {
      const next = this.received.length + 1;
      await new Promise<void>((resolve) => this.waiting.push({ count: next, resolve }));
    }
    return here();
  }

  protected answer(request: IncomingMessage, response: ServerResponse): void {
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
  }
}
