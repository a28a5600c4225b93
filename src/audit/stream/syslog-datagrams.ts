import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
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
    try {
      for (const event of events) {
        await new Promise<void>((resolve, reject) => {
          socket.send(syslogDatagram(event, this.sender), port, host, (error) => {
            if (error === null) resolve();
            else reject(error);
          });
        });
      }
    } finally {
      socket.close();
    }
  }
}
