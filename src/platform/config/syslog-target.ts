import { read, unreadable, type Reading } from './environment-variable.decorator.js';
import type { SyslogTarget } from './audit-stream-settings.js';
import { readPort } from './readers.js';

/** RFC 5426 §3.3, RFC 6587 §3.1 with the port of IANA for syslog over TCP, RFC 5425 §4.1. */
const DEFAULT_PORTS = { udp: 514, tcp: 601, tls: 6514 } as const;

const FORM = /^(udp|tcp|tls):\/\/(?:\[([0-9a-f:.]+)\]|([^/\[\]@:?#]+))(?::(\d{1,5}))?\/?$/i;

/** The address of a syslog server. */
export function readSyslogTarget(text: string): Reading<SyslogTarget> {
  const [, scheme = '', six, name, given] = FORM.exec(text) ?? [];
  const host = six ?? name;
  const transport = scheme.toLowerCase();
  if (host === undefined || !isTransport(transport)) {
    return unreadable('is not udp://host:port, tcp://host:port or tls://host:port');
  }
  const port = given === undefined ? read(DEFAULT_PORTS[transport]) : readPort(given);
  return port.ok ? read({ transport, host, port: port.value }) : port;
}

function isTransport(scheme: string): scheme is SyslogTarget['transport'] {
  return scheme in DEFAULT_PORTS;
}
