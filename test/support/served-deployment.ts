import { BareClient, type Reachable } from './bare-client.js';
import { CALLBACK, type GivenClient, type GivenUser } from './given.js';

/** The application of a deployment under load. */
export const LOADED_CLIENT: GivenClient = {
  clientId: 'loaded-client',
  clientSecret: 'loaded-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};

const PASSWORD = 'a heavy load along the river bank';

/** Somebody who works in the load. */
export function loadedUser(number: number): GivenUser {
  return { id: `loaded-${number}`, username: `loaded-${number}`, password: PASSWORD, claims: {} };
}

/** What the processes of a deployment share, beside the database. */
export function deploymentSeed(users: number): object {
  const { clientId: client_id, clientSecret: client_secret } = LOADED_CLIENT;
  const grant_types = ['authorization_code', 'refresh_token'];
  return {
    users: Array.from({ length: users }, (_, number) => loadedUser(number)).map(({ id, username, password }) => ({
      id,
      username,
      password,
    })),
    clients: [
      { client_id, client_secret, grant_types, redirect_uris: [CALLBACK], scope: 'openid email offline_access' },
    ],
  };
}

/** The keys of a deployment: every process has the same. */
export const DEPLOYMENT_KEYS = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 59 + 23) % 251)).toString(
  'base64url',
);

/** The issuer of a deployment, at whichever address somebody reaches it. */
export function reached(issuer: string, address = issuer): Reachable {
  const clock = { epochSeconds: () => Math.floor(Date.now() / 1000) };
  return { issuer, clock, url: (path) => address + path };
}

/** The application, as it reaches the deployment there. */
export function loadedClient(issuer: string, address = issuer): BareClient {
  return new BareClient(reached(issuer, address), LOADED_CLIENT);
}
