import type { ClientMetadata } from './client-metadata.js';
import { isLoopbackHttp } from './client-metadata.js';

const LONGEST_URI = 2048;
// What RFC 3986 §2 lets a URI consist of; everything else, above all `\`, space, `*` and non-ASCII, is refused.
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()+,;=]|%[0-9A-Fa-f]{2})+$/;
// What names and address literals consist of; a `;` or `,` would end a source of the content security policy.
const HOST = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** What decides which schemes a URI may have. */
export interface UriContext {
  /** True where plain http to this machine is allowed: on a development issuer. */
  readonly development: boolean;
}

/** Says what is wrong with a URI of a web page or endpoint of the client; nothing when it may be registered. */
export function webUriProblem(uri: string, context: UriContext): string | undefined {
  const problem = syntaxProblem(uri);
  if (problem !== undefined) return problem;
  return schemeOf(uri) === 'https:' || localHttp(uri, context) ? undefined : 'must be an https URL';
}

/** Says what is wrong with a URI that this service itself fetches: https whatever the issuer (RFC 7591 §5). */
export function fetchedUriProblem(uri: string): string | undefined {
  return webUriProblem(uri, { development: false });
}

/** Says what is wrong with a redirect URI for this kind of client; nothing when it may be registered (RFC 6749 §3.1.2). */
export function redirectUriProblem(
  uri: string,
  client: Pick<ClientMetadata, 'applicationType' | 'tokenEndpointAuthMethod' | 'redirectUris'>,
  context: UriContext,
): string | undefined {
  const problem = syntaxProblem(uri);
  if (problem !== undefined) return problem;
  if (schemeOf(uri) === 'https:' || localHttp(uri, context)) return undefined;
  return client.applicationType === 'native' ? nativeProblem(uri, client) : 'must be an https URL for a web client';
}

/** Says what is wrong with the identifier of a resource: an absolute URI without fragment (RFC 8707 §2). */
export function absoluteUriProblem(uri: string): string | undefined {
  return syntaxProblem(uri);
}

function nativeProblem(
  uri: string,
  client: Pick<ClientMetadata, 'tokenEndpointAuthMethod' | 'redirectUris'>,
): string | undefined {
  const scheme = schemeOf(uri);
  if (scheme === 'http:') return loopbackProblem(uri, client);
  // RFC 8252 §7.1: a private-use scheme is a reversed domain name, so that it belongs to somebody.
  if (!scheme.includes('.')) return 'must be https, http to 127.0.0.1 or [::1], or a scheme like com.example.app';
  return uri.slice(scheme.length).startsWith('/') ? undefined : 'must have a path after the scheme';
}

function loopbackProblem(
  uri: string,
  client: Pick<ClientMetadata, 'tokenEndpointAuthMethod' | 'redirectUris'>,
): string | undefined {
  if (/^http:\/\/(127\.0\.0\.1|\[::1\])(:\d+)?([/?]|$)/.test(uri)) return undefined;
  // RFC 8252 §8.3: localhost may resolve elsewhere, so it is taken only from a public client that is local throughout.
  const local = client.tokenEndpointAuthMethod === 'none' && client.redirectUris.every(isLoopbackHttp);
  return local && isLoopbackHttp(uri) ? undefined : 'plain http is only for 127.0.0.1 and [::1]';
}

function localHttp(uri: string, { development }: UriContext): boolean {
  return (
    development && /^http:\/\/(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?([/?]|$)/.test(uri)
  );
}

function schemeOf(uri: string): string {
  return uri.slice(0, uri.indexOf(':') + 1).toLowerCase();
}

function syntaxProblem(uri: string): string | undefined {
  if (uri.length > LONGEST_URI) return `must not be longer than ${LONGEST_URI} characters`;
  if (!URI_CHARACTERS.test(uri)) return 'has characters that a URI cannot have, or a broken percent escape';
  if (uri.includes('#')) return 'must not have a fragment';
  const [, scheme, , authority, path] = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/([^/?]*))?([^?]*)/.exec(uri) ?? [];
  if (scheme === undefined || !URL.canParse(uri)) return 'must be an absolute URI';
  if (hasDotSegment(path ?? '')) return 'must not have . or .. segments';
  return authorityProblem(uri, authority);
}

function hasDotSegment(path: string): boolean {
  return path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

function authorityProblem(uri: string, authority: string | undefined): string | undefined {
  if (authority?.includes('@') === true) return 'must not have a user name';
  const parsed = new URL(uri);
  const defaultPort = DEFAULT_PORTS[parsed.protocol];
  if (defaultPort === undefined) return undefined;
  if (authority === undefined || authority === '') return 'must have a host';
  if (!HOST.test(parsed.hostname)) return 'must have a host of letters, digits, dots and hyphens';
  if (parsed.hostname.endsWith('.')) return 'must not have a host that ends with a dot';
  const plain = [parsed.host, `${parsed.hostname}:${defaultPort}`];
  return plain.includes(authority.toLowerCase()) ? undefined : 'must have its host and port in their plain form';
}
