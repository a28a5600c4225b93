import { BlockList, isIP } from 'node:net';
import type { Session } from '#sessions/index.js';
import type { IssuedSelection } from '#tokens/index.js';

/** Which of all that was issued is to end, as it is kept with the work: everything that all members fit. */
export interface RevocationSelector {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** An address or a network. */
  readonly address?: string | undefined;
  /** The `kid` of a key: what it signed. */
  readonly key?: string | undefined;
  /** RFC 3339: not before. */
  readonly since?: string | undefined;
  /** RFC 3339: not after. */
  readonly until: string;
}

/** What of it grants and tokens are found by. */
export function issuedSelection({ userId, clientId, sessionId, since, until }: RevocationSelector): IssuedSelection {
  const from = since === undefined ? undefined : new Date(since);
  return { userId, clientId, sessionId, since: from, until: new Date(until) };
}

/** Whether sessions are among what is selected: they are a user's, not a client's nor a key's. */
export function selectsSessions({ clientId, key }: RevocationSelector): boolean {
  return clientId === undefined && key === undefined;
}

/** Whether grants are found by themselves: what an address selects hangs on sessions, and a key has no rows. */
export function selectsGrants({ address, key }: RevocationSelector): boolean {
  return address === undefined && key === undefined;
}

/** Tells the sessions that a selector means from others. */
export function sessionFits(selector: RevocationSelector): (session: Session) => boolean {
  const { userId, sessionId, address, since, until } = selector;
  const network = address === undefined ? undefined : networkOf(address);
  const [from, to] = [since === undefined ? 0 : Date.parse(since), Date.parse(until)];
  return (session) => {
    const at = session.createdAt.getTime();
    if (at < from || at > to) return false;
    if (userId !== undefined && session.userId !== userId) return false;
    if (sessionId !== undefined && session.id !== sessionId) return false;
    return network === undefined || holds(network, session.address);
  };
}

const NETWORK = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/;

/** Whether a text is an address or a network. */
export function isNetwork(text: string): boolean {
  const [, address = '', bits] = NETWORK.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && (bits === undefined || Number(bits) <= (family === 6 ? 128 : 32));
}

function networkOf(text: string): BlockList {
  const [, address = '', bits] = NETWORK.exec(text) ?? [];
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return list;
}

function holds(network: BlockList, address: string | undefined): boolean {
  if (address === undefined || isIP(address) === 0) return false;
  return network.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
