import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** One message as it arrived (RFC 5424 §6). */
export interface SyslogMessage {
  readonly priority: number;
  readonly time: string;
  readonly host: string;
  readonly application: string;
  readonly kind: string;
  readonly structured: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const FORM = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (\[[^\]]*\]) (\{.*\})$/s;

/** Reads a message; what is none throws. */
export function parsedMessage(text: string): SyslogMessage {
  const [, priority, time = '', host = '', application = '', , kind = '', structured = '', json = ''] =
    FORM.exec(text) ?? [];
  if (priority === undefined) throw new Error(`no syslog message: ${text.slice(0, 200)}`);
  const event = JSON.parse(json) as SyslogMessage['event'];
  return { priority: Number(priority), time, host, application, kind, structured, event };
}

/** A syslog server of a test: what it received, in its order. */
export class SyslogReceiver {
  readonly messages: SyslogMessage[] = [];
  /** Set to end connections as soon as something arrives, which is not kept. */
  hangsUp = false;
  /** Set to leave connections open once everything is read. */
  staysConnected = false;
  /** By which name each TLS connection asked for it (RFC 6066 §3); false for none. */
  readonly names: (string | false | null)[] = [];
  readonly #sockets: Socket[] = [];
  #close: () => Promise<unknown> = () => Promise.resolve();
  port = 0;

  /** The places of the events that arrived. */
  get sequences(): readonly number[] {
    return this.messages.map(({ event }) => Number(event['sequence']));
  }

  /** Listens for frames with a length (RFC 6587 §3.4.1), on the port that it had before if it had one. */
  async tcp(): Promise<this> {
    return this.#listen(createServer({ allowHalfOpen: true }, (socket) => void this.#read(socket)));
  }

  /** The same over TLS (RFC 5425), with the certificate of `localhost`. */
  async tls(): Promise<this> {
    const file = (name: string) =>
      readFileSync(fileURLToPath(new URL(`certificates/${name}`, import.meta.url)), 'utf8');
    const credentials = { cert: file('localhost.pem'), key: file('localhost.key.pem') };
    const server = createTlsServer(credentials, (socket) => {
      this.names.push(socket.servername);
      void this.#read(socket);
    });
    return this.#listen(server);
  }

  /** Listens for datagrams (RFC 5426). */
  async udp(): Promise<this> {
    const socket = createSocket('udp4');
    socket.on('message', (datagram) => this.messages.push(parsedMessage(datagram.toString())));
    await new Promise<void>((resolve) => socket.bind(this.port, '127.0.0.1', resolve));
    this.port = socket.address().port;
    this.#close = () => new Promise<void>((resolve) => socket.close(resolve));
    return this;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async #listen(server: Server): Promise<this> {
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    this.port = address.port;
    this.#close = () => {
      for (const socket of this.#sockets.splice(0)) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    };
    return this;
  }

  async #read(socket: Socket): Promise<void> {
    this.#sockets.push(socket);
    const chunks: Buffer[] = [];
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk as Buffer);
      if (!this.hangsUp) continue;
      socket.resetAndDestroy();
      return;
    }
    if (!this.staysConnected) socket.end();
    let rest = Buffer.concat(chunks);
    while (rest.length > 0) {
      const space = rest.indexOf(0x20);
      const length = Number(rest.subarray(0, space).toString());
      const end = space + 1 + length;
      this.messages.push(parsedMessage(rest.subarray(space + 1, end).toString()));
      rest = rest.subarray(end);
    }
  }
}
