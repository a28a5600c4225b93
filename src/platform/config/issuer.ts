import { read, type Reading, unreadable } from './environment-variable.decorator.js';
import { type IssuerKind, IssuerSettings } from './settings.js';

const PATH = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/;

/**
 * Reads an issuer identifier: compared byte by byte by everyone, so only its one canonical form will do
 * (OIDC Discovery §3, RFC 8414 §2).
 */
export function readIssuer(text: string): Reading<IssuerSettings> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\//.test(text)) return unreadable('is not an http:// or https:// URL');
  const problem = shapeProblem(text, url);
  if (problem !== undefined) return unreadable(problem);
  const basePath = url.pathname === '/' ? '' : url.pathname;
  const canonical = url.origin + basePath;
  if (text !== canonical) return unreadable(`is not in canonical form, which is ${canonical}`);
  const kind = issuerKind(url.hostname);
  const secure = url.protocol === 'https:';
  if (!secure && kind !== 'development') return unreadable('is http, which only a development issuer may be');
  return read(new IssuerSettings({ issuer: text, kind, secure, origin: url.origin, basePath }));
}

function shapeProblem(text: string, url: URL): string | undefined {
  if (url.username !== '' || url.password !== '' || text.includes('@')) return 'contains a user name or password';
  if (text.includes('?')) return 'contains a query';
  if (text.includes('#')) return 'contains a fragment';
  if (text.endsWith('/')) return 'ends with a slash';
  if (url.hostname.endsWith('.')) return 'has a host that ends with a dot';
  const path = text.slice(text.indexOf('/', text.indexOf('//') + 2));
  if (text.indexOf('/', text.indexOf('//') + 2) > 0 && !PATH.test(path)) {
    return 'has a path with empty or dotted parts, or with characters other than letters, digits and - . _ ~';
  }
  return undefined;
}

/** How strict the service must be with an issuer on this host. */
export function issuerKind(hostname: string): IssuerKind {
  const host = hostname.toLowerCase();
  const loopback = host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
  if (loopback || host === 'localhost' || host.endsWith('.localhost')) return 'development';
  return host.endsWith('.test') ? 'test' : 'production';
}

/** The issuer of a service that nobody told another one: this machine, for development. */
export function defaultIssuer(port: number, tls: boolean): string {
  return new URL(`${tls ? 'https' : 'http'}://localhost:${port}`).origin;
}
