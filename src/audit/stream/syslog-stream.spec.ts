import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SyslogTarget } from '#platform/config/index.js';
import { SyslogReceiver } from '../../../test/support/syslog-receiver.js';
import type { SealedEvent } from './audit-destination.js';
import { aSealedEvent } from './sealed-event.spec-support.js';
import { SyslogStream } from './syslog-stream.js';

const CA = readFileSync(fileURLToPath(new URL('../../../test/support/certificates/ca.pem', import.meta.url)), 'utf8');
const SENDER = { host: 'login.corp.example', process: '42' };

const event = (sequence: number, details: SealedEvent['details'] = {}): SealedEvent =>
  aSealedEvent({ id: `e${sequence}`, sequence, details });

/** More than the systems at both ends take before anybody reads it. */
const MUCH = Array.from({ length: 200 }, (_unused, index) => event(index + 1, { text: 'x'.repeat(100_000) }));

describe('a syslog server behind a connection', () => {
  const receiver = new SyslogReceiver();
  const deliver = (
    events: readonly SealedEvent[],
    { transport, host }: Omit<SyslogTarget, 'port'> = { transport: 'tcp', host: '127.0.0.1' },
  ): Promise<void> => new SyslogStream({ transport, host, port: receiver.port }, SENDER, [CA]).deliver(events);

  afterEach(async () => {
    await receiver.close();
  });

  it('that hangs up on half of what it is told fails the delivery, and nothing else', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    receiver.hangsUp = true;
    await receiver.tcp();
    await expect(deliver(MUCH)).rejects.toThrow(/ECONNRESET|EPIPE/);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    receiver.hangsUp = false;
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('has been told when it took everything, also if it never ends the connection', async () => {
    receiver.staysConnected = true;
    await receiver.tcp();
    await deliver([event(1), event(2)]);
    receiver.staysConnected = false;
  });

  it('is reached by its address over TLS, which names no host to it (RFC 6066 §3)', async () => {
    const warned = vi.spyOn(process, 'emitWarning');
    await receiver.tls();
    await deliver([event(1)], { transport: 'tls', host: '127.0.0.1' });
    await deliver([event(2)], { transport: 'tls', host: 'localhost' });
    expect(receiver.names).toEqual([false, 'localhost']);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
