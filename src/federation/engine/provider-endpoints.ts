import { PRESETS } from '../presets/index.js';
import type { KnownEndpoints } from '../presets/preset.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import type { DiscoveryDocument } from './discovery-documents.service.js';

/** Where a provider is reached and what it promises about itself. */
export interface ProviderEndpoints {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo?: string | undefined;
  readonly jwksUri?: string | undefined;
  /** Who signs ID tokens there; `{tenantid}` in it stands for the tenant of the account. */
  readonly issuer?: string | undefined;
  /** Its answers name the issuer (RFC 9207 §3). */
  readonly namesIssuer: boolean;
  /** With which algorithms it may sign, public keys alone (RFC 8725 §3.1). */
  readonly algorithms: readonly string[];
}

/** What was found out about where a provider is reached. */
export type FoundEndpoints =
  | { readonly outcome: 'found'; readonly endpoints: ProviderEndpoints }
  | { readonly outcome: 'unavailable'; readonly detail: string };

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The issuer as a tenant of Microsoft Entra names it, whatever the tenant was called when it was configured. */
const ENTRA_ISSUER = /^\/(?:\{tenantid\}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/;

/** Where a provider is reached as far as the administrator and its preset say; undefined when it must be discovered. */
export function configuredEndpoints(provider: UpstreamProvider): ProviderEndpoints | undefined {
  const { endpoints, issuer } = PRESETS[provider.preset];
  const { authorizationEndpoint: authorization, tokenEndpoint: token, userinfoEndpoint: userinfo, jwksUri } = provider;
  const known = { ...endpoints, ...given({ authorization, token, userinfo }) };
  if (known.authorization === undefined || known.token === undefined) return undefined;
  return {
    authorization: known.authorization,
    token: known.token,
    userinfo: known.userinfo,
    jwksUri,
    issuer: issuer?.(provider),
    namesIssuer: false,
    algorithms: ALGORITHMS,
  };
}

function given(endpoints: Partial<Record<keyof KnownEndpoints, string | undefined>>): Partial<KnownEndpoints> {
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => url !== undefined));
}

/** Where a provider is reached as its discovery document says (OIDC Discovery §3, §4.3). */
export function discoveredEndpoints(
  provider: UpstreamProvider,
  asked: string,
  document: DiscoveryDocument,
): FoundEndpoints {
  const text = (name: string): string | undefined => {
    const value = document[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [issuer, authorization, token, jwksUri] = [
    text('issuer'),
    text('authorization_endpoint'),
    text('token_endpoint'),
    text('jwks_uri'),
  ];
  if (issuer === undefined || !isIssuer(provider, asked, issuer)) {
    return { outcome: 'unavailable', detail: 'the discovery document is of another issuer' };
  }
  if (authorization === undefined || token === undefined || jwksUri === undefined) {
    return { outcome: 'unavailable', detail: 'the discovery document lacks an endpoint' };
  }
  if (!URL.canParse(authorization)) return { outcome: 'unavailable', detail: 'an endpoint is no URL' };
  return {
    outcome: 'found',
    endpoints: {
      authorization,
      token,
      jwksUri,
      issuer,
      userinfo: provider.userinfoEndpoint ?? text('userinfo_endpoint'),
      namesIssuer: document['authorization_response_iss_parameter_supported'] === true,
      algorithms: algorithmsOf(document),
    },
  };
}

/** OIDC Discovery §4.3: exactly the issuer that was asked; Entra names its tenants by their ids whatever was asked. */
function isIssuer({ preset }: UpstreamProvider, asked: string, issuer: string): boolean {
  if (issuer === asked) return true;
  if (preset !== 'microsoft' || !URL.canParse(issuer)) return false;
  const { origin } = new URL(issuer);
  return origin === new URL(asked).origin && ENTRA_ISSUER.test(issuer.slice(origin.length));
}

function algorithmsOf(document: DiscoveryDocument): readonly string[] {
  const stated = document['id_token_signing_alg_values_supported'];
  return Array.isArray(stated) ? ALGORITHMS.filter((algorithm) => stated.includes(algorithm)) : ALGORITHMS;
}
