import { AuditStreamSettings, IssuerSettings, OutboundSettings, trustedCertificates } from '#platform/config/index.js';
import type { AuditDestination } from './audit-destination.js';
import { AuditFile } from './audit-file.js';
import { SyslogDatagrams } from './syslog-datagrams.js';
import { SyslogStream } from './syslog-stream.js';

/** Injection token of the destinations that the environment names. */
export const AUDIT_DESTINATIONS = Symbol('audit destinations');

/** The destinations that the environment names, none by default. */
export function auditDestinations(
  { file, syslog }: AuditStreamSettings,
  outbound: OutboundSettings,
  { issuer }: IssuerSettings,
): readonly AuditDestination[] {
  const sender = { host: new URL(issuer).hostname, process: String(process.pid) };
  const toFile = file === undefined ? [] : [new AuditFile(file)];
  if (syslog === undefined) return toFile;
  const { transport } = syslog;
  return [
    ...toFile,
    transport === 'udp'
      ? new SyslogDatagrams(syslog, sender)
      : new SyslogStream(syslog, sender, trustedCertificates(outbound)),
  ];
}
