import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A service that tells people from programs, as the providers document theirs: `api.js` for pages, `siteverify` for sites. */
export class CaptchaService {
  /** What was sent to be checked. */
  readonly asked: URLSearchParams[] = [];
  /** What it answers instead. */
  broken: { readonly status: number; readonly body: string } | undefined;
  hostname: string | undefined;
  private readonly server: Server;
  private readonly used = new Set<string>();

  private constructor(private readonly secret: string) {
    this.server = createServer((request, response) => {
      if (request.url === '/api.js') {
        response.setHeader('content-type', 'text/javascript');
        response.end(SCRIPT);
        return;
      }
      void text(request).then((body) => {
        const { status, body: answer } = this.broken ?? { status: 200, body: JSON.stringify(this.verdict(body)) };
        response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
      });
    });
  }

  static async start(secret: string): Promise<CaptchaService> {
    const service = new CaptchaService(secret);
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** The environment of a service that asks this one. */
  get env(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as AddressInfo;
    return {
      CAPTCHA_PROVIDER: 'turnstile',
      CAPTCHA_SITE_KEY: 'the-site-key',
      CAPTCHA_SECRET: this.secret,
      CAPTCHA_URL: `http://127.0.0.1:${port}`,
      OUTBOUND_ALLOW: `127.0.0.1:${port}`,
    };
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.closeAllConnections();
      this.server.close(() => {
        resolve();
      });
    });
  }

  /** Each answer of a person is good once. */
  private verdict(body: string): object {
    const sent = new URLSearchParams(body);
    this.asked.push(sent);
    const response = sent.get('response') ?? '';
    const success = sent.get('secret') === this.secret && response.startsWith('person-') && !this.used.has(response);
    this.used.add(response);
    return { success, 'error-codes': [], ...(this.hostname === undefined ? {} : { hostname: this.hostname }) };
  }
}

const SCRIPT = `document.querySelectorAll('.cf-turnstile').forEach(function (place) {
  var field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'cf-turnstile-response';
  field.value = 'person-' + Date.now();
  place.appendChild(field);
});`;
