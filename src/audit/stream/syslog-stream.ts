import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SyslogTarget } from '#platform/config/index.js';
import type { AuditDestination, SealedEvent } from './audit-destination.js';
import { syslogFrame, type SyslogSender } from './syslog-message.js';

const LONGEST_SILENCE_MS = 10_000;
/** Receivers end the connection once they have read everything; some never do. */
const LONGEST_FAREWELL_MS = 3000;

/** RFC 6587 and RFC 5425: a syslog server behind a connection, which is made for each delivery and ended in order. */
export class SyslogStream implements AuditDestination {
  readonly name = 'syslog';

  constructor(
    private readonly target: SyslogTarget,
    private readonly sender: SyslogSender,
    /** The certificates that are trusted, where the connection is TLS. */
    private readonly ca: readonly string[] | undefined,
  ) {}

  async deliver(events: readonly SealedEvent[]): Promise<void> {
    const socket = await this.connected();
    try {
      // Asked for before anything is sent, so that a connection that breaks is noticed whenever it does.
      const ended = once(socket, 'close');
      const broken = new Promise<never>((_, reject) => socket.once('error', reject));
      socket.resume();
      socket.end(events.map((event) => syslogFrame(event, this.sender)).join(''));
      await Promise.race([once(socket, 'finish'), broken]);
      socket.setTimeout(LONGEST_FAREWELL_MS, () => socket.destroy());
      await Promise.race([ended, broken]);
    } finally {
      socket.destroy();
    }
  }

  private async connected(): Promise<Socket> {
    const { transport, host, port } = this.target;
    const socket =
      transport === 'tls'
        ? connectTls({ host, port, servername: host, minVersion: 'TLSv1.2', ...(this.ca && { ca: [...this.ca] }) })
        : connectPlain({ host, port });
    socket.setTimeout(LONGEST_SILENCE_MS, () => socket.destroy(new Error('the syslog server does not answer')));
    await once(socket, transport === 'tls' ? 'secureConnect' : 'connect');
    return socket;
  }
}
