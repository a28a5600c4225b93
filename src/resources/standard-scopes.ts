import { STANDARD_SCOPES, type StandardScope } from '#standards/oidc.js';
import type { Scope } from './scope.js';

const TITLES: Readonly<Record<StandardScope, string>> = {
  openid: 'Know who you are',
  profile: 'Your name and profile',
  email: 'Your e-mail address',
  address: 'Your postal address',
  phone: 'Your phone number',
  offline_access: 'Keep access when you are away',
};

/** The scopes of OpenID Connect, which belong to no API (OIDC Core §5.4, §11). */
export const STANDARD_SCOPE_RECORDS: readonly Scope[] = STANDARD_SCOPES.map((name) => ({
  name,
  resourceIdentifier: null,
  title: TITLES[name],
  description: '',
  builtIn: true,
  createdAt: new Date(0),
  updatedAt: new Date(0),
}));
