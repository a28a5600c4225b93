import { everyClaim, type GivenUser } from '../../support/given.js';
import type { SuiteServer } from './suite-server.js';

/** What every client of the suite may ask. */
export const SCOPE = 'openid profile email address phone offline_access';

/** The user of the certification: every standard claim is there. */
export const USER: GivenUser = {
  id: '018f0000-0000-7000-8000-00000000cafe',
  username: 'certification-user',
  password: 'certification walks by the river',
  claims: everyClaim('certification-user'),
};

/** Who rotates keys between two steps of a module. */
export const ADMINISTRATOR = {
  clientId: 'certification-administrator',
  clientSecret: 'an administrator with a secret of enough characters',
} as const;

/** The static clients of the certification, with fixed ids and secrets. */
export const STATIC_CLIENTS = {
  client: { clientId: 'certification-1', method: 'client_secret_basic' },
  client2: { clientId: 'certification-2', method: 'client_secret_basic' },
  clientSecretPost: { clientId: 'certification-post', method: 'client_secret_post' },
} as const;

/** The secret of a static client. */
export function staticSecret(clientId: string): string {
  return `${clientId}-has-a-secret-of-enough-characters`;
}

/** What a deployment to be certified is seeded with. */
export function seedFor(suite: SuiteServer): object {
  const { id, username, password, claims } = USER;
  const clients = Object.values(STATIC_CLIENTS).map(({ clientId, method }) => ({
    client_id: clientId,
    client_secret: staticSecret(clientId),
    client_name: 'Certification suite',
    token_endpoint_auth_method: method,
    grant_types: ['authorization_code', 'refresh_token', 'implicit'],
    response_types: ['code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'],
    redirect_uris: [suite.url('/callback')],
    require_pkce: false,
    scope: SCOPE,
  }));
  return { users: [{ id, username, password, ...claims }], clients };
}
