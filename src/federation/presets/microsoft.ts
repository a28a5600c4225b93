import { STANDARD_CLAIMS, type Preset } from './preset.js';

/** What Entra says of an address that belongs to a verified domain of the tenant. */
const OWNED: readonly unknown[] = [true, 1, '1', 'true'];

/** Microsoft Entra ID: the accounts of one tenant, or of any. */
export const microsoft: Preset = {
  name: 'microsoft',
  title: 'Microsoft',
  protocol: 'oidc',
  scope: 'openid email profile',
  clientAuthentication: 'post',
  claims: STANDARD_CLAIMS,
  // `issuer` is the host of another cloud, such as that of a government.
  issuer: ({ issuer = 'https://login.microsoftonline.com', tenant }) =>
    tenant === undefined ? undefined : `${issuer}/${tenant}/v2.0`,
  parameters: ({ afresh, loginHint }) => ({
    ...(afresh ? { prompt: 'login', max_age: '0' } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  }),
  // Whoever administers any tenant may write any address into `email`.
  vouchesFor: ({ xms_edov: owned }) => OWNED.includes(owned),
  organisation: ({ tid }) => (typeof tid === 'string' ? tid : undefined),
};
