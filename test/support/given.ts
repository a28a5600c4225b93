import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { PasswordsService } from '#authentication/index.js';
import { ClientsService, type ClientMetadataInput } from '#clients/index.js';
import { ResourcesService, ScopesService, type ResourceInput } from '#resources/index.js';
import { UsersService, type StandardClaims, type UserInput } from '#users/index.js';
import type { TestService } from './start-service.js';
import { UserAgent } from './user-agent.js';

/** A registered client and what it knows of itself. */
export interface GivenClient {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly method: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt' | 'none';
  readonly clientSecret?: string;
  /** The key of a `private_key_jwt` client. */
  readonly privateKey?: CryptoKey;
}

/** Somebody who can sign in. */
export interface GivenUser {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly claims: StandardClaims;
}

/** An API of the company. */
export interface GivenApi {
  readonly identifier: string;
  readonly scopes: readonly string[];
}

/** Where the clients of tests are answered; nothing listens there, browsers of tests stop before it. */
export const CALLBACK = 'https://rp.example/callback';

let counter = 0;

/** A name that nobody else has, in this file or another that shares the database. */
export function uniqueName(kind: string): string {
  counter += 1;
  return `${kind}-${counter}-${randomBytes(4).toString('hex')}`;
}

/** What a test wants of a client beside what every client of tests has. */
export type ClientWish = ClientMetadataInput & { readonly clientId?: string; readonly clientSecret?: string };

/** A confidential client with code and refresh, that may ask for every standard scope; what is given replaces that. */
export async function aClient(service: TestService, wish: ClientWish = {}): Promise<GivenClient> {
  const { clientId = uniqueName('client'), clientSecret: chosen, ...metadata } = wish;
  const registered = await service.app.get(ClientsService, { strict: false }).register(
    {
      clientName: 'Travel Desk',
      redirectUris: [CALLBACK],
      grantTypes: ['authorization_code', 'refresh_token'],
      ...metadata,
    },
    { clientId, clientSecret: chosen },
  );
  if (registered.outcome !== 'registered') throw new Error(`no client: ${JSON.stringify(registered)}`);
  const { client, clientSecret: made } = registered;
  const clientSecret = chosen ?? made?.value;
  return {
    clientId,
    redirectUri: client.redirectUris[0] ?? CALLBACK,
    method: client.tokenEndpointAuthMethod,
    ...(clientSecret === undefined ? {} : { clientSecret }),
  };
}

/** A client that cannot keep a secret, such as an app on a telephone. */
export function aPublicClient(service: TestService, wish: ClientMetadataInput = {}): Promise<GivenClient> {
  return aClient(service, { tokenEndpointAuthMethod: 'none', ...wish });
}

/** A client that acts for itself, with the given scope of its own. */
export function aMachine(service: TestService, scope: readonly string[], wish: ClientWish = {}): Promise<GivenClient> {
  return aClient(service, { redirectUris: [], grantTypes: ['client_credentials'], scope, ...wish });
}

/** A client that proves itself with a key of its own. */
export async function aKeyHolder(
  service: TestService,
  wish: ClientMetadataInput & { algorithm?: string } = {},
): Promise<GivenClient & { readonly privateKey: CryptoKey }> {
  const { algorithm = 'ES256', ...metadata } = wish;
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'first', use: 'sig' };
  const client = await aClient(service, {
    tokenEndpointAuthMethod: 'private_key_jwt',
    jwks: { keys: [jwk] },
    ...metadata,
  });
  return { ...client, privateKey };
}

/** Every standard claim of somebody, with an address that nobody else has. */
export function everyClaim(username: string): StandardClaims {
  return {
    name: 'Alice Maria Liddell',
    given_name: 'Alice',
    family_name: 'Liddell',
    middle_name: 'Maria',
    nickname: 'Ali',
    preferred_username: username,
    profile: 'https://people.example/alice',
    picture: 'https://people.example/alice.png',
    website: 'https://alice.example/',
    email: `${username}@mail.example`,
    email_verified: true,
    gender: 'female',
    birthdate: '1990-05-04',
    zoneinfo: 'Europe/London',
    locale: 'en-GB',
    phone_number: '+44 20 7946 0000',
    phone_number_verified: false,
    address: { formatted: '1 River Lane\nOxford', street_address: '1 River Lane', locality: 'Oxford', country: 'UK' },
  };
}

/** Somebody who has chosen no language, so that pages speak that of the browser. */
export function anyLanguage(): Pick<UserInput, 'username' | 'claims'> {
  const username = uniqueName('alice');
  const { locale: _none, ...claims } = everyClaim(username);
  return { username, claims };
}

/** Somebody with a password and every standard claim. */
export async function aUser(service: TestService, wish: Partial<UserInput> = {}): Promise<GivenUser> {
  const username = wish.username ?? uniqueName('alice');
  const created = await service.app
    .get(UsersService, { strict: false })
    .create({ username, claims: everyClaim(username), ...wish });
  if (created.outcome !== 'created') throw new Error(`no user: ${JSON.stringify(created)}`);
  const { user } = created;
  const password = `a long walk by the river ${randomBytes(3).toString('hex')}`;
  await service.app.get(PasswordsService, { strict: false }).set(user.id, password);
  return { id: user.id, username, password, claims: user.claims };
}

/** An API with scopes of its own. */
export async function anApi(
  service: TestService,
  wish: Partial<ResourceInput> & { scopes?: readonly string[] } = {},
): Promise<GivenApi> {
  const name = uniqueName('orders');
  const { scopes = [`${name}.read`, `${name}.write`], identifier = `https://${name}.example/api`, ...resource } = wish;
  const made = await service.app
    .get(ResourcesService, { strict: false })
    .create({ name: 'Orders', identifier, ...resource });
  if (made.outcome !== 'created') throw new Error(`no resource: ${JSON.stringify(made)}`);
  for (const scope of scopes) {
    const title = `Use ${scope}`;
    const added = await service.app
      .get(ScopesService, { strict: false })
      .create({ name: scope, resourceIdentifier: identifier, title });
    if (added.outcome !== 'created') throw new Error(`no scope: ${JSON.stringify(added)}`);
  }
  return { identifier, scopes };
}

/** A browser that has never been here. */
export function aBrowser(service: TestService, headers: Readonly<Record<string, string>> = {}): UserAgent {
  return new UserAgent(service.issuer, { headers });
}

/** Everything that a sign-in needs: a client, a user, a browser of theirs. */
export async function aSignInReadyToHappen(
  service: TestService,
  wish: ClientWish = {},
): Promise<{ client: GivenClient; alice: GivenUser; browser: UserAgent }> {
  const [client, alice] = [await aClient(service, wish), await aUser(service)];
  return { client, alice, browser: aBrowser(service) };
}
