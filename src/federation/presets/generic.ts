import { STANDARD_CLAIMS, userinfoProfile, type Preset } from './preset.js';

/** Any OpenID Connect provider. */
export const oidc: Preset = {
  name: 'oidc',
  title: 'OpenID Connect',
  protocol: 'oidc',
  scope: 'openid email profile',
  clientAuthentication: 'basic',
  claims: STANDARD_CLAIMS,
  issuer: ({ issuer }) => issuer,
  parameters: ({ afresh, loginHint }) => ({
    ...(afresh ? { prompt: 'login', max_age: '0' } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  }),
  profile: userinfoProfile,
};

/** Any OAuth 2.0 authorization server with an address that tells who the bearer of a token is. */
export const oauth2: Preset = {
  name: 'oauth2',
  title: 'OAuth 2.0',
  protocol: 'oauth2',
  scope: '',
  clientAuthentication: 'basic',
  claims: STANDARD_CLAIMS,
  profile: userinfoProfile,
};
