import { PRESETS } from '../presets/index.js';
import type { ProviderInput } from './upstream-provider.js';

interface EndpointProblem {
  readonly pointer: string;
  readonly detail: string;
}

const LONGEST_ADDRESS = 512;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Says what is wrong with where a provider is to be reached (RFC 8414 §2). */
export function endpointProblems(
  input: ProviderInput,
  { plainLoopback }: { readonly plainLoopback: boolean },
): EndpointProblem[] {
  const addresses = addressesOf(input);
  const malformed = Object.entries(addresses)
    .filter(([, address]) => address !== undefined && !isAddress(address, plainLoopback))
    .map(([member]) => problem(member, `must be an https URL of at most ${LONGEST_ADDRESS} characters, without #`));
  const { issuer } = input;
  // RFC 8414 §2: an issuer has no query either
  const hasQuery = malformed.length === 0 && issuer?.includes('?') === true;
  return [
    ...malformed,
    ...(hasQuery ? [problem('issuer', 'must not have a query')] : []),
    ...(PRESETS[input.preset].protocol === 'oidc' ? openIdProblems(input) : oauthProblems(input)),
  ];
}

function openIdProblems({ preset, ...input }: ProviderInput): EndpointProblem[] {
  const byHand = [input.authorizationEndpoint, input.tokenEndpoint, input.jwksUri];
  const given = byHand.filter((address) => address !== undefined).length;
  return [
    ...(preset === 'oidc' && input.issuer === undefined ? [problem('issuer', 'is required for the preset oidc')] : []),
    ...(given === 0 || given === byHand.length
      ? []
      : [problem('authorization_endpoint', 'goes together with token_endpoint and jwks_uri, or is discovered')]),
  ];
}

function oauthProblems({ preset, issuer, jwksUri, ...input }: ProviderInput): EndpointProblem[] {
  const needed = {
    authorization_endpoint: input.authorizationEndpoint,
    token_endpoint: input.tokenEndpoint,
    userinfo_endpoint: input.userinfoEndpoint,
  };
  const missing = Object.entries(needed).filter(([, address]) => preset === 'oauth2' && address === undefined);
  const useless = Object.entries({ issuer, jwks_uri: jwksUri }).filter(([, address]) => address !== undefined);
  return [
    ...missing.map(([member]) => problem(member, 'is required for the preset oauth2')),
    ...useless.map(([member]) => problem(member, 'is for presets of OpenID Connect alone')),
  ];
}

function addressesOf(input: ProviderInput): Readonly<Record<string, string | undefined>> {
  return {
    issuer: input.issuer,
    authorization_endpoint: input.authorizationEndpoint,
    token_endpoint: input.tokenEndpoint,
    userinfo_endpoint: input.userinfoEndpoint,
    jwks_uri: input.jwksUri,
  };
}

function isAddress(address: string, plainLoopback: boolean): boolean {
  if (address.length > LONGEST_ADDRESS || !/^[\x21-\x7e]+$/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '' || address.includes('#')) return false;
  return protocol === 'https:' || (protocol === 'http:' && plainLoopback && LOOPBACK.test(hostname));
}

function problem(member: string, detail: string): EndpointProblem {
  return { pointer: `#/${member}`, detail };
}
