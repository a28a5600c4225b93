import { BlockList, isIP } from 'node:net';

/** The proxies whose `X-Forwarded-*` headers count, by address or network. */
export class TrustedProxies {
  private readonly list = new BlockList();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [address = '', bits] = entry.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(bits), family);
    }
  }

  trusts(address: string | undefined): boolean {
    const plain = plainAddress(address ?? '');
    if (plain === undefined) return false;
    return this.list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  }
}

const IPV4_MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const WITH_PORT = /^(?:\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d{1,3}(?:\.\d{1,3}){3}):\d+)$/;

/** An address without port, brackets and IPv4 mapping; undefined when it is none. */
export function plainAddress(text: string): string | undefined {
  const port = WITH_PORT.exec(text);
  const bare = port?.[1] ?? port?.[2] ?? text;
  const address = IPV4_MAPPED.exec(bare)?.[1] ?? bare;
  return isIP(address) === 0 ? undefined : address;
}

/** Whether an address belongs to this machine alone. */
export function isLoopback(address: string | undefined): boolean {
  const plain = plainAddress(address ?? '');
  return plain !== undefined && (plain === '::1' || plain.startsWith('127.'));
}
