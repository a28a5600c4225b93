import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { GrantType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { read, type Reading, unreadable } from './environment-variable.decorator.js';
import { fileProblem } from './files.js';
import { elements, isHostName } from './readers.js';
import type { StatementIssuer } from './registration-settings.js';

/** What strangers may have their clients do at most: sign users in, and no act in the client's own name (RFC 7591 §5). */
export const OPEN_GRANT_TYPES: readonly GrantType[] = [
  GrantType.AuthorizationCode,
  GrantType.RefreshToken,
  GrantType.Implicit,
];

const SCOPE_TOKEN = /^[\x21\x23-\x2B\x2D-\x5B\x5D-\x7E]+$/;

/** Names of scopes (RFC 6749 §3.3). */
export function readScopes(text: string): Reading<string[]> {
  const names = elements(text);
  return names.every((name) => SCOPE_TOKEN.test(name)) ? read(names) : unreadable('has something that is not a scope');
}

/** Names of scopes that users may leave out: without `openid` there is no sign-in (OIDC Core §3.1.2.1). */
export function readOptionalScopes(text: string): Reading<string[]> {
  const reading = readScopes(text);
  const hasOpenId = reading.ok && reading.value.includes(StandardScope.OpenId);
  return hasOpenId ? unreadable('has openid, without which nobody signs in') : reading;
}

/** Some of the grant types that strangers may have. */
export function readGrantTypes(text: string): Reading<GrantType[]> {
  const names = elements(text);
  const known = OPEN_GRANT_TYPES.filter((grantType) => names.includes(grantType));
  if (!known.includes(GrantType.AuthorizationCode)) return unreadable('is without authorization_code');
  const wrong = names.find((name) => !OPEN_GRANT_TYPES.some((grantType) => grantType === name));
  return wrong === undefined
    ? read(known)
    : unreadable(`has "${wrong}", which clients that register themselves cannot have`);
}

/** Names of hosts, some standing for all below them. */
export function readRedirectHosts(text: string): Reading<string[]> {
  const hosts = elements(text).map((host) => host.toLowerCase());
  const wrong = hosts.find((host) => !isHostPattern(host));
  return wrong === undefined ? read(hosts) : unreadable(`"${wrong}" is not a host name, nor *. and a host name`);
}

function isHostPattern(text: string): boolean {
  if (text.startsWith('*.')) return isHostName(text.slice(2));
  return isHostName(text) || isIP(text.replace(/^\[(.*)\]$/, '$1')) > 0;
}

/** What is wrong with a file of issuers of software statements. */
export function statementIssuersProblem(file: string): string | undefined {
  const problem = fileProblem(file);
  if (problem !== undefined) return problem;
  const reading = readStatementIssuers(file);
  return reading.ok ? undefined : reading.problem;
}

/** The issuers of software statements in a file that can be read. */
export function readStatementIssuers(file: string): Reading<StatementIssuer[]> {
  const content = parsed(readFileSync(file, 'utf8'));
  if (!isObject(content)) return unreadable('names a file that does not hold a JSON object');
  const issuers: StatementIssuer[] = [];
  for (const [issuer, keys] of Object.entries(content)) {
    const known = statementIssuer(issuer, keys);
    if (known === undefined) return unreadable(`names a file whose entry "${issuer}" has neither jwks_uri nor jwks`);
    issuers.push(known);
  }
  return issuers.length > 0 ? read(issuers) : unreadable('names a file that lists nobody');
}

function statementIssuer(issuer: string, keys: unknown): StatementIssuer | undefined {
  if (issuer === '' || !isObject(keys)) return undefined;
  const { jwks, jwks_uri: jwksUri, ...others } = keys;
  if (Object.keys(others).length > 0 || (jwks === undefined) === (jwksUri === undefined)) return undefined;
  if (typeof jwksUri === 'string' && /^https:\/\//.test(jwksUri) && URL.canParse(jwksUri)) return { issuer, jwksUri };
  return isObject(jwks) && Array.isArray(jwks['keys']) ? { issuer, jwks } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
