import { isIP } from 'node:net';
import type { HostAddress } from './outbound-addresses.js';

/** Where a request goes that leaves. */
export interface Destination {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Why a request does not leave, in words for the operator. */
export class Refused extends Error {}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/** Reads a URL as a destination; `plainToo` where http is not refused at once. */
export function destinationOf(text: string, plainToo: boolean): Destination {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = plainToo ? ['https:', 'http:'] : ['https:'];
  if (url === undefined || !usable.includes(url.protocol)) throw new Refused('it is not an https URL');
  if (url.username !== '' || url.password !== '') throw new Refused('the URL has credentials');
  if (url.hostname.endsWith('.')) throw new Refused('the host ends with a dot');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? 0) : Number(url.port);
  return { secure: url.protocol === 'https:', host, port, path: url.pathname + url.search };
}

/** What messages say of a URL of somebody else: its path and query may hold secrets. */
export function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : 'an address that is no URL';
}

/** The address that a host is by itself, without a look-up. */
export function literalAddress(host: string): HostAddress | undefined {
  const family = isIP(host);
  return family === 0 ? undefined : { address: host, family };
}
