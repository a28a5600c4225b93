import { quoted } from '../literals.js';
import { endpoint, SECRET_VARIABLE, type ConfigurationFacts, type Library } from '../library.js';

const SECRET = `process.env.${SECRET_VARIABLE}`;

const AUTHENTICATION: Readonly<Record<string, string>> = {
  client_secret_basic: `ClientSecretBasic(${SECRET})`,
  client_secret_post: `ClientSecretPost(${SECRET})`,
  client_secret_jwt: `ClientSecretJwt(${SECRET})`,
  private_key_jwt: 'PrivateKeyJwt(await privateKey())',
  none: 'None()',
};

/** Libraries of Node. */
export const NODE_LIBRARIES: readonly Library[] = [
  {
    ...{ id: 'openid-client', title: 'openid-client', language: 'javascript', file: 'gatehouse.js' },
    documentation: 'https://github.com/panva/openid-client',
    kinds: ['web', 'native', 'machine'],
    methods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
    misfit: openidClientMisfit,
    text: openidClient,
  },
  {
    ...{ id: 'oauth4webapi', title: 'oauth4webapi', language: 'javascript', file: 'gatehouse.js' },
    documentation: 'https://github.com/panva/oauth4webapi',
    kinds: ['web', 'single-page'],
    methods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
    text: oauth4webapi,
  },
  {
    ...{ id: 'passport-oauth2', title: 'Passport (passport-oauth2)', language: 'javascript', file: 'gatehouse.js' },
    documentation: 'https://www.passportjs.org/packages/passport-oauth2/',
    kinds: ['web'],
    methods: ['client_secret_post'],
    text: passport,
  },
];

function openidClient(facts: ConfigurationFacts): string {
  const { issuer, client, kind } = facts;
  const { idTokenSignedResponseAlg: algorithm, clientId } = client;
  const metadata = algorithm === 'RS256' ? 'undefined' : `{ id_token_signed_response_alg: ${quoted(algorithm)} }`;
  const options = insecure(facts) ? '\n  { execute: [client.allowInsecureRequests] }, // for development only' : '';
  return `import * as client from 'openid-client';
${privateKey(facts)}
const config = await client.discovery(
  new URL(${quoted(issuer)}),
  ${quoted(clientId)},
  ${metadata},
  client.${AUTHENTICATION[client.tokenEndpointAuthMethod]},${options}
);
${kind === 'machine' ? openidClientMachine(facts) : openidClientSignIn(facts)}`;
}

function openidClientMachine({ scope }: ConfigurationFacts): string {
  return `
/** A token of the application's own; ask again shortly before expires_in seconds have passed. */
export function ownToken() {
  return client.clientCredentialsGrant(config, { scope: ${quoted(scope.join(' '))} });
}
`;
}

// It takes the URL that the browser came back to for the redirect URI, but for the query and as URLs are normalised.
function plainRedirectUri({ client }: ConfigurationFacts): string | undefined {
  return client.redirectUris.find((uri) => {
    const url = new URL(uri);
    url.search = '';
    return url.href === uri;
  });
}

function openidClientMisfit(facts: ConfigurationFacts): string | undefined {
  const fits = facts.kind === 'machine' || plainRedirectUri(facts) !== undefined;
  return fits ? undefined : 'needs a redirect URI without a query, and with a path';
}

function openidClientSignIn(facts: ConfigurationFacts): string {
  const { scope } = facts;
  return `
/** Where to send the browser; keep the checks in its session until it comes back. */
export async function startSignIn() {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: ${quoted(plainRedirectUri(facts) ?? '')},
    scope: ${quoted(scope.join(' '))},
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
  });
  return { url, checks };
}

/** Who has signed in, from the URL that the browser came back to, as the browser has it: behind a proxy not as it arrives. */
export async function finishSignIn(url, checks) {
  const tokens = await client.authorizationCodeGrant(config, url, { ...checks, idTokenExpected: true });
  const { sub } = tokens.claims();
  return { tokens, user: await client.fetchUserInfo(config, tokens.access_token, sub) };
}
`;
}

function oauth4webapi(facts: ConfigurationFacts): string {
  const { issuer, client, redirectUri } = facts;
  const { idTokenSignedResponseAlg: algorithm } = client;
  const metadata = algorithm === 'RS256' ? '' : `, id_token_signed_response_alg: ${quoted(algorithm)}`;
  const options = insecure(facts) ? '{ [oauth.allowInsecureRequests]: true }; // for development only' : '{};';
  return `import * as oauth from 'oauth4webapi';
${privateKey(facts)}
const options = ${options}
const issuer = new URL(${quoted(issuer)});
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
const client = { client_id: ${quoted(client.clientId)}${metadata} };
const authentication = oauth.${AUTHENTICATION[client.tokenEndpointAuthMethod]};
const redirectUri = ${quoted(redirectUri)};

${oauth4webapiSignIn(facts)}`;
}

function oauth4webapiSignIn({ scope }: ConfigurationFacts): string {
  return `/** Where to send the browser; keep the checks in its session until it comes back. */
export async function startSignIn() {
  const checks = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: ${quoted(scope.join(' '))},
    code_challenge: await oauth.calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
    state: checks.state,
    nonce: checks.nonce,
  });
  return { url, checks };
}

/** Who has signed in, from the URL that the browser came back to. */
export async function finishSignIn(url, { verifier, state, nonce }) {
  const parameters = oauth.validateAuthResponse(server, client, url, state);
  const tokens = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(server, client, authentication, parameters, redirectUri, verifier, options),
    { expectedNonce: nonce, requireIdToken: true },
  );
  const { sub } = oauth.getValidatedIdTokenClaims(tokens);
  const response = await oauth.userInfoRequest(server, client, tokens.access_token, options);
  return { tokens, user: await oauth.processUserInfoResponse(server, client, sub, response) };
}
`;
}

function passport(facts: ConfigurationFacts): string {
  const { client, scope, redirectUri } = facts;
  return `import OAuth2Strategy from 'passport-oauth2';

// Needs express-session: state and the PKCE verifier are kept there. Then passport.use('gatehouse', strategy).
export const strategy = new OAuth2Strategy(
  {
    authorizationURL: ${quoted(endpoint(facts, 'authorize'))},
    tokenURL: ${quoted(endpoint(facts, 'token'))},
    clientID: ${quoted(client.clientId)},
    clientSecret: ${SECRET},
    callbackURL: ${quoted(redirectUri)},
    scope: ${quoted(scope.join(' '))},
    state: true,
    pkce: true,
  },
  (accessToken, refreshToken, profile, done) => done(null, profile),
);

strategy.userProfile = async (accessToken, done) => {
  try {
    const headers = { authorization: \`Bearer \${accessToken}\` };
    const response = await fetch(${quoted(endpoint(facts, 'userinfo'))}, { headers });
    if (!response.ok) throw new Error(\`userinfo answered \${response.status}\`);
    done(null, await response.json());
  } catch (error) {
    done(error);
  }
};
`;
}

function privateKey({ client }: ConfigurationFacts): string {
  if (client.tokenEndpointAuthMethod !== 'private_key_jwt') return '';
  const algorithm = client.tokenEndpointAuthSigningAlg ?? 'ES256';
  return `import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';

/** The key whose public half is registered, as PKCS 8. */
async function privateKey() {
  return importPKCS8(await readFile(process.env.GATEHOUSE_PRIVATE_KEY_FILE, 'utf8'), ${quoted(algorithm)});
}
`;
}

function insecure({ issuer }: ConfigurationFacts): boolean {
  return issuer.startsWith('http:');
}
