import { BlockList, isIP } from 'node:net';
import { issuerKind } from './issuer.js';
import type { OutboundTarget } from './settings.js';

const LOOPBACK = ['127.0.0.1', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1'];

/** Whether an outbound exception would open this very machine. */
export function reachesLoopback(target: OutboundTarget): boolean {
  if (target.kind === 'network')
    return LOOPBACK.some((address) => contains(target.network, address)) || within(target.network);
  const bracketed = isIP(target.host) === 6 ? `[${target.host}]` : target.host;
  return issuerKind(bracketed) === 'development' || LOOPBACK.includes(target.host) || within(target.host);
}

/** Whether a list of trusted proxies names everybody. */
export function trustsEverybody(networks: readonly string[]): boolean {
  return networks.some((network) => network.endsWith('/0'));
}

function within(network: string): boolean {
  const [address = ''] = network.split('/');
  return contains('127.0.0.0/8', address) || contains('::ffff:127.0.0.0/104', address);
}

function contains(network: string, address: string): boolean {
  const [start = '', bits] = network.split('/');
  const family = isIP(start) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== (family === 'ipv6' ? 6 : 4)) return false;
  const list = new BlockList();
  list.addSubnet(start, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(address, family);
}
