import type { FastifyRequest } from 'fastify';
import { isLoopback, plainAddress } from './trusted-proxies.js';

/** The query of the request as it came, without the question mark; empty when there is none. */
export function rawQuery(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

/** The path of the request as it came, without the query. */
export function rawPath(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  return start < 0 ? url : url.slice(0, start);
}

/** The address of whoever asks: the rightmost one that no trusted proxy vouches for as its own. */
export function clientAddress(request: FastifyRequest): string {
  const peer = request.raw.socket.remoteAddress ?? '';
  return plainAddress(request.ip) ?? plainAddress(peer) ?? peer;
}

const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** The names of this machine; under any other a browser here may be the hand of a page whose name leads here. */
const LOCAL_HOST = /^(?:localhost|[a-z0-9.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Whether a program on this very machine asks, for itself and not for somebody elsewhere. */
export function isLocalPeer(request: FastifyRequest): boolean {
  const forwards = FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined);
  return !forwards && isLoopback(request.raw.socket.remoteAddress) && LOCAL_HOST.test(request.headers.host ?? '');
}

/** The id of the request: in the log, in the `x-request-id` header, and on error pages as the support code. */
export function requestId(request: FastifyRequest): string {
  return request.id;
}

const ORIGIN = 'issuerOrigin';

/** Makes the issuer's origin known to `isCrossSite`. */
export function rememberOrigin(instance: { decorate: (name: string, value: string) => unknown }, origin: string): void {
  instance.decorate(ORIGIN, origin);
}

/** Whether the browser says that another site made this request (RFC 9700 §4.7); without a word from it, no. */
export function isCrossSite(request: FastifyRequest): boolean {
  if (request.headers['sec-fetch-site'] === 'cross-site') return true;
  const origin = request.headers.origin;
  if (origin === undefined || origin === 'null') return false;
  return origin !== request.server.getDecorator<string>(ORIGIN);
}
