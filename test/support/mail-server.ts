import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Whether the connection was encrypted, and how. */
  readonly secure: boolean;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
}

/** Refuses at a stage of the dialogue, with a code of RFC 5321 §4.2.3. */
export interface MailRefusal {
  readonly at: 'recipient' | 'data';
  readonly code: number;
}

/** A mail server of this machine, which keeps what it gets. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  refusal: MailRefusal | undefined;
  attempts = 0;
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: SMTPServer) {}

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const started: { server?: MailServer } = {};
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.key === undefined ? ['STARTTLS', 'AUTH'] : [],
      onRcptTo: (_address, _session, done) => {
        if (started.server !== undefined) started.server.attempts += 1;
        done(started.server?.refuses('recipient'));
      },
      onData: (stream, session, done) => {
        let raw = '';
        stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
        stream.on('end', () => {
          const refusal = started.server?.refuses('data');
          if (refusal === undefined) started.server?.take(raw, session);
          done(refusal);
        });
      },
      ...options,
    });
    started.server = new MailServer(server);
    // A client that gives up on a certificate is no fault of the server.
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return started.server;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** The last mail to the address with this in its subject, once it is there. */
  async mailTo(address: string, about = ''): Promise<ReceivedMail> {
    for (;;) {
      const found = this.received.findLast(
        ({ to, headers }) => to.includes(address) && (headers.get('subject') ?? '').includes(about),
      );
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  private refuses(stage: MailRefusal['at']): Error | undefined {
    if (this.refusal?.at !== stage) return undefined;
    return Object.assign(new Error('not this one'), { responseCode: this.refusal.code });
  }

  private take(
    raw: string,
    session: { secure: boolean; envelope: { mailFrom: unknown; rcptTo: { address: string }[] } },
  ): void {
    const { mailFrom, rcptTo } = session.envelope;
    const [head, body] = splitOnce(raw, '\r\n\r\n');
    const from =
      typeof mailFrom === 'object' && mailFrom !== null && 'address' in mailFrom ? String(mailFrom.address) : '';
    this.received.push({
      from,
      to: rcptTo.map(({ address }) => address),
      secure: session.secure,
      headers: headersOf(head),
      text: part(raw, 'text/plain') ?? body,
      html: part(raw, 'text/html') ?? '',
      raw,
    });
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}

function headersOf(head: string): Map<string, string> {
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  return new Map(
    unfolded.split('\r\n').map((line) => {
      const [name, value] = splitOnce(line, ':');
      return [name.toLowerCase(), decodedWords(value.trim())];
    }),
  );
}

/** RFC 2047 §2: the encoded words of a header. */
function decodedWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
    encoding.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString('utf8')
      : quotedPrintable(text.replaceAll('_', ' ')),
  );
}

/** The decoded part of a media type, of a mail without attachments in attachments. */
function part(raw: string, mediaType: string): string | undefined {
  const found = raw
    .split(/\r\n--[^\r\n]+\r\n/)
    .map((piece) => splitOnce(piece, '\r\n\r\n'))
    .find(([head]) => headersOf(head).get('content-type')?.startsWith(mediaType));
  if (found === undefined) return undefined;
  const body = found[1].split(/\r\n--[^\r\n]+--/)[0] ?? '';
  const encoding = headersOf(found[0]).get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(body) : body;
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
