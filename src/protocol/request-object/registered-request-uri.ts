import type { Client } from '#clients/index.js';

/**
 * RFC 9101 §10.4: only places that the client registered are ever asked, so nobody can send this service elsewhere. OIDC Core
 * §6.2 lets a fragment tell versions of an object apart for caches: it is no part of the place. It is not held against the
 * content either, as clients register it before the content exists, and every object here must be signed.
 */
export function isRegisteredRequestUri(uri: string, { requestUris }: Pick<Client, 'requestUris'>): boolean {
  const place = withoutFragment(uri);
  return place.startsWith('https://') && requestUris.some((registered) => withoutFragment(registered) === place);
}

function withoutFragment(uri: string): string {
  return uri.split('#', 1)[0] ?? '';
}
