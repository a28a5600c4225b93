import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LocalServer } from './local-server.js';

/** Fewer lines are filled up to this many when padding is asked for. */
const LINES = 800;

/** A list of leaked passwords that answers as the range API of Pwned Passwords documents it. */
export class LeakedPasswordsServer extends LocalServer {
  /** What was asked: the path, and whether padding was wished for. */
  readonly asked: { readonly path: string; readonly padding: string | undefined }[] = [];
  /** The status of every answer, for a list that is out of order. */
  status = 200;
  private readonly digests: string[];

  private constructor(passwords: readonly string[]) {
    super();
    this.digests = passwords.map((text) => createHash('sha1').update(text).digest('hex').toUpperCase());
  }

  static async start(...passwords: string[]): Promise<LeakedPasswordsServer> {
    const server = new LeakedPasswordsServer(passwords);
    await server.listen();
    return server;
  }

  override get env(): NodeJS.ProcessEnv {
    return { ...super.env, LEAKED_PASSWORDS_URL: this.url('/range/') };
  }

  protected answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const padding = headers['add-padding'] as string | undefined;
    this.asked.push({ path: url, padding });
    const [, prefix = ''] = /^\/range\/([0-9A-F]{5})$/.exec(url) ?? [];
    if (prefix === '') {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('The hash prefix was not in a valid format');
      return;
    }
    const found = this.digests.filter((digest) => digest.startsWith(prefix)).map((digest) => `${digest.slice(5)}:42`);
    const filling = padding === 'true' ? Array.from({ length: LINES - found.length }, fill) : [];
    response.writeHead(this.status, { 'content-type': 'text/plain' }).end([...found, ...filling].sort().join('\r\n'));
  }
}

function fill(): string {
  return `${randomBytes(18).toString('hex').slice(0, 35).toUpperCase()}:0`;
}
