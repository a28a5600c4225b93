import { DEVICE_CODE, GrantType, TOKEN_EXCHANGE } from '#standards/oauth.js';
import type { ClientMetadataInput, ClientProfile } from '../client-metadata.js';

/** What can be built that needs a client, as whoever builds it would say. */
export const CLIENT_TEMPLATES = ['web', 'single-page', 'native', 'machine', 'device', 'agent'] as const;

/** The name of a template. */
export type ClientTemplateName = (typeof CLIENT_TEMPLATES)[number];

/** A kind of application, and what is safe for it unless somebody says otherwise. */
export interface ClientTemplate {
  readonly name: ClientTemplateName;
  readonly title: string;
  readonly description: string;
  /** What makes a client one of this kind: nobody says otherwise. */
  readonly kind: { readonly profile: ClientProfile; readonly confidential: boolean };
  /** How it gets tokens, the grant type it cannot be without first. */
  readonly grants: readonly [string, ...string[]];
  /** How it gets them where this service does not offer that first one. */
  readonly insteadGrants?: readonly [GrantType, ...GrantType[]];
  readonly defaults: ClientMetadataInput;
}

const DAY = 24 * 60 * 60;
const CODE = GrantType.AuthorizationCode;
const REFRESH = GrantType.RefreshToken;
const WHO_YOU_ARE = ['openid', 'profile', 'email'] as const;
const STAY_CONNECTED = [...WHO_YOU_ARE, 'offline_access'] as const;

/** The templates in the order in which they are listed. */
export const TEMPLATES: readonly ClientTemplate[] = [
  {
    name: 'web',
    title: 'Web application with a server',
    description:
      'Signs its users in on a server that keeps a secret: the authorization code grant with PKCE, and a session of its own afterwards. Add refresh_token where it calls APIs for users who are away.',
    kind: { profile: 'default', confidential: true },
    grants: [CODE],
    defaults: { tokenEndpointAuthMethod: 'client_secret_basic', applicationType: 'web', scope: WHO_YOU_ARE },
  },
  {
    name: 'single-page',
    title: 'Single-page application',
    description:
      'Runs in the browser alone and keeps no secret: the code with PKCE, refresh tokens that change at each use and end after a day with the session (OAuth 2.0 for Browser-Based Applications).',
    kind: { profile: 'browser', confidential: false },
    grants: [CODE, REFRESH],
    defaults: { scope: WHO_YOU_ARE, refreshTokenLifetime: DAY },
  },
  {
    name: 'native',
    title: 'App on a phone or a computer',
    description:
      'Signs its users in through the system browser and keeps no secret: the code with PKCE, back to a scheme of its own, an https link or a loopback port (RFC 8252), and refresh tokens that change at each use.',
    kind: { profile: 'native', confidential: false },
    grants: [CODE, REFRESH],
    defaults: { scope: STAY_CONNECTED },
  },
  {
    name: 'machine',
    title: 'Service, job or script',
    description:
      'Acts in its own name with nobody signed in: client credentials and no redirect URI. Give it the scopes of the APIs it calls, or it may ask for none; private_key_jwt instead of a secret is safer still.',
    kind: { profile: 'm2m', confidential: true },
    grants: [GrantType.ClientCredentials],
    defaults: { tokenEndpointAuthMethod: 'client_secret_basic', scope: [] },
  },
  {
    name: 'device',
    title: 'Device without keyboard or browser',
    description: 'A television, a kiosk or a command line far from its user, which keeps no secret.',
    kind: { profile: 'native', confidential: false },
    grants: [DEVICE_CODE, REFRESH],
    insteadGrants: [CODE, REFRESH],
    defaults: { scope: STAY_CONNECTED },
  },
  {
    name: 'agent',
    title: 'Agent that acts for people',
    description:
      'A program that decides by itself what to do for its user: short access tokens, no approval without an end, and a refresh token for a month at most. What it may do is in scope, as little as it needs.',
    kind: { profile: 'default', confidential: true },
    grants: [CODE, REFRESH, TOKEN_EXCHANGE],
    defaults: {
      ...{
        tokenEndpointAuthMethod: 'client_secret_basic',
        applicationType: 'web',
        scope: ['openid', 'offline_access'],
      },
      ...{ consentDurations: ['once', 'days'], consentMaxDays: 30 },
      ...{ accessTokenLifetime: 300, refreshTokenIdleLifetime: 7 * DAY, refreshTokenLifetime: 30 * DAY },
    },
  },
];
