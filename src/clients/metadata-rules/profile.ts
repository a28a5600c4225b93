import { ClientAuthenticationMethod, GrantType } from '#standards/oauth.js';
import type { ClientMetadata } from '../client-metadata.js';
import { BROWSER_REFRESH_TOKEN_LIFETIME } from '../client-metadata-defaults.js';
import type { Found } from './rule.js';

/** What the profile of a client promises. */
export function profile(metadata: ClientMetadata): Found[] {
  switch (metadata.profile) {
    case 'default':
      return [];
    case 'fapi2':
      return [['profile', 'fapi2 is not offered yet: it needs pushed requests and sender-constrained tokens']];
    case 'm2m':
      return machineClient(metadata);
    case 'browser':
      return [...publicProfile(metadata, 'web'), ...browserLifetime(metadata)];
    case 'native':
      return publicProfile(metadata, 'native');
  }
}

function machineClient({ grantTypes: granted, redirectUris: uris }: ClientMetadata): Found[] {
  const found: Found[] = [];
  if (granted.some((name) => name !== GrantType.ClientCredentials)) {
    found.push(['grantTypes', 'must be client_credentials alone for the profile m2m']);
  }
  if (uris.length > 0) found.push(['redirectUris', 'must be empty for the profile m2m']);
  return found;
}

function publicProfile(metadata: ClientMetadata, applicationType: ClientMetadata['applicationType']): Found[] {
  const found: Found[] = [];
  if (metadata.tokenEndpointAuthMethod !== ClientAuthenticationMethod.None) {
    found.push(['tokenEndpointAuthMethod', `must be none for the profile ${metadata.profile}`]);
  }
  if (metadata.applicationType !== applicationType) {
    found.push(['applicationType', `must be ${applicationType} for the profile ${metadata.profile}`]);
  }
  return found;
}

function browserLifetime({ refreshTokenLifetime }: ClientMetadata): Found[] {
  const fits = refreshTokenLifetime !== undefined && refreshTokenLifetime <= BROWSER_REFRESH_TOKEN_LIFETIME;
  return fits
    ? []
    : [['refreshTokenLifetime', `must be at most ${BROWSER_REFRESH_TOKEN_LIFETIME} for the profile browser`]];
}
