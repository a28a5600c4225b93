import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from './trusted-proxies.js';

const HEADER = 'x-request-id';
const ACCEPTABLE = /^[A-Za-z0-9_-]{8,64}$/;
const BYTES = 10;
// Crockford's alphabet: nothing in it is mistaken for something else when read aloud.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Gives each request its id: the one a trusted proxy sent, or a new one. */
export function requestIds(proxies: TrustedProxies): (request: IncomingMessage) => string {
  return (request) => {
    const sent = request.headers[HEADER];
    const acceptable = typeof sent === 'string' && ACCEPTABLE.test(sent);
    return acceptable && proxies.trusts(request.socket.remoteAddress) ? sent : newRequestId();
  };
}

// Fetched for many ids at a time: asking the system for each took a twelfth of a small answer. They are no secrets.
const random = new Uint8Array(BYTES * 400);
let used = random.length;

function newRequestId(): string {
  if (used === random.length) {
    globalThis.crypto.getRandomValues(random);
    used = 0;
  }
  let id = '';
  for (const byte of random.subarray(used, (used += BYTES))) id += ALPHABET.charAt(byte & 31);
  return id;
}
