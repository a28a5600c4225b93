import { Readable, variablesOf } from './environment-variable.decorator.js';
import { ExtensionEnvironment } from './extension-environment.dto.js';
import { readNumber } from './readers.js';
import { readSyslogTarget } from './syslog-target.js';

const Records = variablesOf('What is kept');

const MOST_DAYS = 3650;

/** The environment of the service, how long it keeps what happened, and where that was. */
export class RecordsEnvironment extends ExtensionEnvironment {
  @Records(
    'For how many days it is kept what happened to users and clients: sign-ins, refusals, changes, approvals.',
    `a whole number from 1 to ${MOST_DAYS}`,
    { fallback: '400' },
  )
  @Readable(readNumber(1, MOST_DAYS))
  AUDIT_RETENTION_DAYS?: string;

  @Records(
    'For how many days the receipt of a decision on a consent page is kept after what it allowed has ended.',
    `a whole number from 1 to ${MOST_DAYS}`,
    { fallback: '1095' },
  )
  @Readable(readNumber(1, MOST_DAYS))
  CONSENT_RECEIPT_DAYS?: string;

  @Records(
    'For how many days it is kept that a claim about a user went to a client, after it did so last.',
    `a whole number from 1 to ${MOST_DAYS}`,
    { fallback: '1095' },
  )
  @Readable(readNumber(1, MOST_DAYS))
  CLAIM_DISCLOSURE_DAYS?: string;

  @Records(
    'A file to which the audit log is told besides, as JSON lines in the order in which it is sealed, each at least once. It is opened anew each time, so it may be moved away. Processes of several machines need one that they share, or AUDIT_SYSLOG_URL.',
    'the path of a file in a folder that the service may write to',
    { example: '/var/log/gatehouse/audit.jsonl' },
  )
  AUDIT_FILE?: string;

  @Records(
    'A syslog server to which the audit log is told besides (RFC 5424), in its order, each event at least once; over TCP and TLS with octet counting (RFC 6587, RFC 5425), over UDP without knowing whether it arrives.',
    'udp://host:port, tcp://host:port or tls://host:port; without a port 514, 601 or 6514',
    { example: 'tls://siem.corp.example:6514' },
  )
  @Readable(readSyslogTarget)
  AUDIT_SYSLOG_URL?: string;

  @Records(
    'In which place a network address is, so that users see where they are signed in; without it they see the address alone. It is read at the start.',
    'the path of a database of cities or countries in the MaxMind DB format (.mmdb)',
    { example: '/var/lib/geoip/city.mmdb' },
  )
  GEOIP_FILE?: string;
}
