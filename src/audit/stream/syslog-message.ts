import type { EventName } from '#platform/events/index.js';
import { auditMembers } from '../audit-members.js';
import type { SealedEvent } from './audit-destination.js';

/** RFC 5424 §6.2.1: log audit. */
const FACILITY = 13;
const WARNING = 4;
const INFORMATIONAL = 6;

/** What somebody who watches wants to be told apart. */
const WARNINGS: ReadonlySet<string> = new Set<EventName>([
  'sign_in.failed',
  'sign_in.not_me',
  'sign_in.spray_detected',
  'user.locked',
  'authorization_code.replayed',
  'refresh_token.replayed',
  'passkey.counter_regressed',
  'webhook.disabled',
]);

/** RFC 5424 §6.2.4 to §6.2.7 */
const LONGEST = { host: 255, process: 128, message: 32 } as const;
/** RFC 5424 §7.3.1: then it begins again at 1. */
const LARGEST_SEQUENCE_ID = 2_147_483_647;
/** RFC 5426 §3.2: what fits a datagram of IPv4, with room for the header. */
const LARGEST_DATAGRAM_TEXT = 60_000;

/** Who sends, as messages say it. */
export interface SyslogSender {
  readonly host: string;
  readonly process: string;
}

/** RFC 5424 §6: an event as a message, whose text is the JSON of the admin API in ASCII. */
export function syslogMessage(event: SealedEvent, { host, process }: SyslogSender, text = asciiJson(event)): string {
  const priority = FACILITY * 8 + (WARNINGS.has(event.name) ? WARNING : INFORMATIONAL);
  const header = [
    `<${priority}>1`,
    event.createdAt.toISOString(),
    printable(host, LONGEST.host),
    'gatehouse',
    printable(process, LONGEST.process),
    printable(event.name, LONGEST.message),
  ];
  const sequenceId = ((event.sequence - 1) % LARGEST_SEQUENCE_ID) + 1;
  return `${header.join(' ')} [meta sequenceId="${sequenceId}"] ${text}`;
}

/** The same for a datagram: what is too long for one goes without its details, which the admin API still has. */
export function syslogDatagram(event: SealedEvent, sender: SyslogSender): Buffer {
  const text = asciiJson(event);
  const fits = text.length <= LARGEST_DATAGRAM_TEXT;
  return Buffer.from(syslogMessage(event, sender, fits ? text : asciiJson({ ...event, details: { shortened: true } })));
}

/** RFC 6587 §3.4.1, RFC 5425 §4.3: how long it is, then the message. */
export function syslogFrame(event: SealedEvent, sender: SyslogSender): string {
  const message = syslogMessage(event, sender);
  return `${Buffer.byteLength(message)} ${message}`;
}

function asciiJson(event: SealedEvent): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(auditMembers(event)).replace(/[^\x20-\x7e]/g, escaped);
}

/** RFC 5424 §6: PRINTUSASCII, or the dash that stands for nothing. */
function printable(text: string, most: number): string {
  const kept = text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, most);
  return kept === '' ? '-' : kept;
}
