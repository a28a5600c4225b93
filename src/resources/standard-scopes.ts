import { STANDARD_SCOPES, type StandardScope } from '#standards/oidc.js';
import { FIRST_PRESENTATION, type ScopeIcon } from './scope-words.js';
import type { Scope } from './scope.js';

const TITLES: Readonly<Record<StandardScope, string>> = {
  openid: 'Know who you are',
  profile: 'Your name and profile',
  email: 'Your e-mail address',
  address: 'Your postal address',
  phone: 'Your phone number',
  offline_access: 'Keep access when you are away',
};

const ICONS: Readonly<Record<StandardScope, ScopeIcon>> = {
  openid: 'person',
  profile: 'person',
  email: 'mail',
  address: 'place',
  phone: 'phone',
  offline_access: 'clock',
};

/** The scopes of OpenID Connect, which belong to no API (OIDC Core §5.4, §11). */
export const STANDARD_SCOPE_RECORDS: readonly Scope[] = STANDARD_SCOPES.map((name) => ({
  ...FIRST_PRESENTATION,
  name,
  resourceIdentifier: null,
  title: TITLES[name],
  icon: ICONS[name],
  builtIn: true,
  createdAt: new Date(0),
  updatedAt: new Date(0),
}));
