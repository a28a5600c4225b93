const OAUTH_METADATA = '/.well-known/oauth-authorization-server';
const NOWHERE = '/.outside-the-issuer';

/**
 * The URL that our routes are written for: without the issuer's path.
 * RFC 8414 §3.1 puts that path behind the well-known part of its document instead.
 */
export function routedUrl(url: string, basePath: string): string {
  if (basePath === '') return url;
  const [path = '', ...query] = url.split('?');
  const rest = query.length === 0 ? '' : `?${query.join('?')}`;
  if (path === OAUTH_METADATA + basePath) return OAUTH_METADATA + rest;
  if (path === basePath) return `/${rest}`;
  const below = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : NOWHERE;
  return (below === OAUTH_METADATA ? NOWHERE : below) + rest;
}
