import { isIP } from 'node:net';
import { read, type Reading, unreadable } from './environment-variable.decorator.js';
import type { OutboundTarget, SignUp } from './settings.js';

const MAX_PORT = 65535;
const MAX_WORKERS = 256;

/** A whole number of digits only, within bounds. */
export function readNumber(lowest: number, highest: number): (text: string) => Reading<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    const within = value >= lowest && value <= highest;
    return within ? read(value) : unreadable(`is not a whole number from ${lowest} to ${highest}`);
  };
}

/** A TCP port that one can ask for by number. */
export const readPort = readNumber(1, MAX_PORT);

/** How many processes share the port. */
export function readWorkers(text: string): Reading<number | 'auto'> {
  return text === 'auto' ? read('auto') : readNumber(1, MAX_WORKERS)(text);
}

/** A switch. */
export function readFlag(text: string): Reading<boolean> {
  return text === 'true' || text === 'false' ? read(text === 'true') : unreadable('is neither true nor false');
}

/** A switch with the words of a feature. */
export function readOnOff(text: string): Reading<boolean> {
  return text === 'on' || text === 'off' ? read(text === 'on') : unreadable('is neither on nor off');
}

/** The elements of a comma-separated list, without the space around them. */
export function elements(text: string): string[] {
  return text.split(',').map((element) => element.trim());
}

/** Whether a text is an address, or a network in CIDR form. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Addresses and networks. */
export function readNetworks(text: string): Reading<string[]> {
  const networks = elements(text);
  const wrong = networks.find((network) => !isNetwork(network));
  return wrong === undefined ? read(networks) : unreadable(`"${wrong}" is neither an address nor a CIDR network`);
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/i;

/** Whether a text is a DNS name. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && !/^[\d.]+$/.test(text);
}

/** Where to listen: an address or a name. */
export function readHost(text: string): Reading<string> {
  return isIP(text) > 0 || isHostName(text) ? read(text) : unreadable('is neither an address nor a host name');
}

/** Private places that outgoing requests may reach. */
export function readOutboundTargets(text: string): Reading<OutboundTarget[]> {
  const targets: OutboundTarget[] = [];
  for (const element of elements(text)) {
    const target = outboundTarget(element);
    if (target === undefined) return unreadable(`"${element}" is neither host:port nor an address or CIDR network`);
    targets.push(target);
  }
  return read(targets);
}

function outboundTarget(text: string): OutboundTarget | undefined {
  if (isNetwork(text)) return { kind: 'network', network: text };
  const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  if (parts === null) return undefined;
  const [, ipv6, name, digits] = parts;
  const port = readPort(digits ?? '');
  const host = ipv6 ?? name ?? '';
  const known = ipv6 === undefined ? readHost(host).ok : isIP(host) === 6;
  return known && port.ok ? { kind: 'host', host: host.toLowerCase(), port: port.value } : undefined;
}

/** Who may sign up: a word, or a list of mail domains. */
export function readSignUp(text: string): Reading<SignUp> {
  if (text === 'off' || text === 'invite' || text === 'open') return read({ mode: text });
  const domains = elements(text).map((domain) => domain.toLowerCase());
  const wrong = domains.find((domain) => !isHostName(domain) || !domain.includes('.'));
  return wrong === undefined ? read({ mode: 'domains', domains }) : unreadable(`"${wrong}" is not an e-mail domain`);
}

/** A connection URL with one of the schemes and a host. */
export function readUrl(...schemes: readonly string[]): (text: string) => Reading<URL> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const fits = url !== undefined && schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== '';
    return fits ? read(url) : unreadable(`is not a URL that begins with ${schemes.join(':// or ')}://`);
  };
}

const readServerDatabase = readUrl('mysql', 'mariadb');

/** Where the records are: a file, memory, or a database server with the name of a database. */
export function readDatabaseUrl(text: string): Reading<string> {
  if (text.startsWith('sqlite:')) {
    return text === 'sqlite:' ? unreadable('names no file') : read(text);
  }
  const server = readServerDatabase(text);
  if (!server.ok) return unreadable('is neither sqlite:<file> nor a URL that begins with mysql:// or mariadb://');
  return server.value.pathname.length > 1 ? read(text) : unreadable('names no database after the host');
}
