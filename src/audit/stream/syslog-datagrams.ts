import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { promisify } from 'node:util';
import type { SyslogTarget } from '#platform/config/index.js';
import type { AuditDestination, SealedEvent } from './audit-destination.js';
import { syslogDatagram, type SyslogSender } from './syslog-message.js';

/** RFC 5426: a syslog server that takes datagrams, which nobody acknowledges. */
export class SyslogDatagrams implements AuditDestination {
  readonly name = 'syslog';

  constructor(
    private readonly target: SyslogTarget,
    private readonly sender: SyslogSender,
  ) {}

  async deliver(events: readonly SealedEvent[]): Promise<void> {
    const { host, port } = this.target;
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const broken = new Promise<never>((_resolve, reject) => socket.on('error', reject));
    const send = promisify((datagram: Buffer, done: (error: Error | null) => void) => {
      socket.send(datagram, port, host, done);
    });
    try {
      for (const event of events) await Promise.race([send(syslogDatagram(event, this.sender)), broken]);
    } finally {
      socket.close();
    }
  }
}
