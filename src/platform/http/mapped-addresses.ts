import { isIPv6 } from 'node:net';

const MAPPED = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/;
const HEXADECIMAL = 16;
const BYTE = 256;

/** The address that is meant: IPv4 where an IPv6 address only maps it, in whatever notation (RFC 4291 §2.5.5.2). */
export function unmapped(address: string): string {
  if (!isIPv6(address) || address.includes('%')) return address;
  const [, high, low] = MAPPED.exec(new URL(`http://[${address}]`).hostname) ?? [];
  if (high === undefined || low === undefined) return address;
  return [high, low]
    .map((part) => parseInt(part, HEXADECIMAL))
    .flatMap((pair) => [Math.floor(pair / BYTE), pair % BYTE])
    .join('.');
}
