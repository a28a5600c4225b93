import { BlockList, isIP } from 'node:net';
import type { OutboundTarget } from '#platform/config/index.js';
import { unmapped } from './mapped-addresses.js';

/** What an address is to a request that leaves: everybody's, this machine, the company's own network, or nothing to talk to. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'forbidden';

/** An address of a host, as the system's resolver tells it. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

const LOOPBACK = blockList('127.0.0.0/8', '::1/128');
// Also the metadata services of clouds that hide among private or public addresses.
const METADATA = blockList('100.100.100.200/32', '168.63.129.16/32', 'fd00:ec2::/32');
const PRIVATE = blockList('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7');
// RFC 6890 and the registries of special-purpose addresses: unspecified, link-local, documentation, tests, multicast, reserved.
const SPECIAL = blockList(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
);
// RFC 4291 §2.4: what IANA gives out; all else, with IPv4-compatible and NAT64 addresses, is outside.
const GLOBAL_UNICAST = blockList('2000::/3');

/** Says what an address is to a request that leaves (RFC 9700 §4.15, RFC 6890 §2.2); a mapped one is the IPv4 address it means. */
export function addressKind(written: string): AddressKind {
  const address = unmapped(written);
  if (!isPlain(address)) return 'forbidden';
  if (holds(LOOPBACK, address)) return 'loopback';
  if (holds(METADATA, address) || holds(SPECIAL, address)) return 'forbidden';
  if (holds(PRIVATE, address)) return 'private';
  return isIP(address) === 4 || holds(GLOBAL_UNICAST, address) ? 'public' : 'forbidden';
}

/** The places that `OUTBOUND_ALLOW` opens although they are not public. */
export class OutboundExceptions {
  private readonly networks = new BlockList();
  private readonly addresses = new Map<number, BlockList>();
  private readonly names = new Set<string>();

  /** `loopback` says whether this very machine may be reached at all: never on a production issuer. */
  constructor(
    targets: readonly OutboundTarget[],
    private readonly loopback: boolean,
  ) {
    for (const target of targets) {
      if (target.kind === 'network') add(this.networks, target.network);
      else if (isIP(target.host) === 0) this.names.add(`${target.host}:${target.port}`);
      else this.addAddress(target.host, target.port);
    }
  }

  /** Whether a request to this host and port may be sent to this address of it. */
  allows(host: string, port: number, written: string): boolean {
    const address = unmapped(written);
    const kind = addressKind(address);
    if (kind === 'public') return true;
    if (!isPlain(address) || (kind === 'loopback' && !this.loopback)) return false;
    if (this.opens(address, port)) return true;
    // A name opens what a company has inside; where its answer points elsewhere, somebody meddles with it.
    return this.names.has(`${host}:${port}`) && kind !== 'forbidden';
  }

  private opens(address: string, port: number): boolean {
    const literals = this.addresses.get(port);
    return holds(this.networks, address) || (literals !== undefined && holds(literals, address));
  }

  private addAddress(address: string, port: number): void {
    const list = this.addresses.get(port) ?? new BlockList();
    this.addresses.set(port, list);
    add(list, address);
  }
}

/** Whether this is an address, and one without a zone, which means something on one machine alone. */
function isPlain(address: string): boolean {
  return isIP(address) !== 0 && !address.includes('%');
}

function blockList(...networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) add(list, network);
  return list;
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
