import { connect as connectPlain, isIP, type Socket } from 'node:net';
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
    const socket = this.connecting();
    const frames = events.map((event) => syslogFrame(event, this.sender)).join('');
    socket.once(this.target.transport === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.resume();
      socket.end(frames, () => socket.setTimeout(LONGEST_FAREWELL_MS));
    });
    socket.setTimeout(LONGEST_SILENCE_MS);
    socket.on('timeout', () => {
      socket.destroy(socket.writableFinished ? undefined : new Error('the syslog server does not answer'));
    });
    await new Promise<void>((resolve, reject) => {
      // Listens for as long as there is a connection, as an error that nobody hears ends the process.
      socket.on('error', reject);
      socket.on('close', () => {
        if (socket.writableFinished) resolve();
        else reject(new Error('the syslog server hung up'));
      });
    });
  }

  private connecting(): Socket {
    const { transport, host, port } = this.target;
    if (transport !== 'tls') return connectPlain({ host, port });
    // RFC 6066 §3: an address is no name.
    const name = isIP(host) === 0 ? { servername: host } : {};
    return connectTls({ host, port, ...name, minVersion: 'TLSv1.2', ...(this.ca && { ca: [...this.ca] }) });
  }
}
