import { STANDARD_CLAIMS, type Preset } from './preset.js';

/** Google and Google Workspace. */
export const google: Preset = {
  name: 'google',
  title: 'Google',
  protocol: 'oidc',
  scope: 'openid email profile',
  clientAuthentication: 'post',
  claims: STANDARD_CLAIMS,
  issuer: ({ issuer }) => issuer ?? 'https://accounts.google.com',
  parameters: ({ choices: { allowedDomains }, afresh, loginHint }) => ({
    ...(allowedDomains.length === 0 ? {} : { hd: allowedDomains.length === 1 ? allowedDomains[0] : '*' }),
    ...(afresh ? { prompt: 'login', max_age: '0' } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  }),
  // An address of another house was checked once, and may have another owner since: only for its own does Google speak.
  vouchesFor: ({ email_verified: verified, hd }, address) =>
    verified === true && (typeof hd === 'string' || /@(?:gmail|googlemail)\.com$/i.test(address)),
  organisation: ({ hd }) => (typeof hd === 'string' ? hd : undefined),
  organisationIsDomain: true,
};
