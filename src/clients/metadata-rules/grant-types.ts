import { GrantType, isFrontChannel, ResponseType } from '#standards/oauth.js';
import type { ClientMetadata } from '../client-metadata.js';
import type { Found } from './rule.js';

/** RFC 7591 §2.1: response types and grant types belong together. */
export function grantTypes({ grantTypes: granted, responseTypes }: ClientMetadata): Found[] {
  const code = granted.includes(GrantType.AuthorizationCode);
  if (granted.length === 0) return [['grantTypes', 'must have at least one grant type']];
  const missing = [...new Set(responseTypes.flatMap(neededGrantTypes))].filter((name) => !granted.includes(name));
  if (missing.length > 0) return [['grantTypes', `must have ${missing.join(' and ')} for the response types`]];
  if (code && !responseTypes.some((type) => type.split(' ').includes(ResponseType.Code))) {
    return [['responseTypes', 'must have one with code for the grant type authorization_code']];
  }
  if (granted.includes(GrantType.Implicit) && !responseTypes.some((type) => isFrontChannel(type))) {
    return [['responseTypes', 'must have one with id_token or token for the grant type implicit']];
  }
  if (!code && granted.includes(GrantType.RefreshToken)) {
    return [['grantTypes', 'must have authorization_code for refresh_token to be of use']];
  }
  return [];
}

// OIDC Registration §2: which grant types a response type needs.
function neededGrantTypes(responseType: ResponseType): GrantType[] {
  const code = responseType.split(' ').includes(ResponseType.Code);
  return [
    ...(code ? [GrantType.AuthorizationCode] : []),
    ...(isFrontChannel(responseType) ? [GrantType.Implicit] : []),
  ];
}
