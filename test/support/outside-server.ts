import type { IncomingMessage, ServerResponse } from 'node:http';
import { LocalServer } from './local-server.js';

/** What the server answers under a path. */
export interface OutsideDocument {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** What has to happen before it answers. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** An https server of somebody else, whose documents a test puts there; it counts how often each was asked for. */
export class OutsideServer extends LocalServer {
  readonly asked: string[] = [];
  private readonly documents = new Map<string, OutsideDocument>();

  static async start(): Promise<OutsideServer> {
    const outside = new OutsideServer();
    await outside.listen();
    return outside;
  }

  /** Puts a document there; its address. */
  put(path: string, document: OutsideDocument): string {
    this.documents.set(path, document);
    return this.url(path);
  }

  putJson(path: string, value: unknown): string {
    return this.put(path, { body: JSON.stringify(value) });
  }

  /** Takes every document away. */
  clear(): void {
    this.documents.clear();
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  protected answer({ url: path = '' }: IncomingMessage, response: ServerResponse): void {
    this.asked.push(path);
    const document = this.documents.get(path) ?? { status: 404 };
    const { status = 200, type = 'application/json', body = '', headers = {}, meanwhile } = document;
    const answer = (): void => {
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    };
    if (meanwhile === undefined) answer();
    else void meanwhile().finally(answer);
  }
}
