import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { APP, OPAQUE_API, seed } from '../lib/facts.mjs';
import { json, must } from '../lib/http.mjs';
import { Provider, random } from '../lib/provider.mjs';

const SIGNER = { id: 'soak-signer', secret: 'the-secret-that-the-soak-signs-its-assertions-with' };
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const CERTIFICATES = new URL('../../test/support/certificates/', import.meta.url);

/** What the benchmark knows, an API with opaque tokens, a client that signs assertions, and where logouts are told. */
export function soakSeed(users, logoutUri) {
  const known = seed(users);
  return {
    ...known,
    resources: [
      ...known.resources,
      { id: 'opaque', identifier: OPAQUE_API, name: 'Opaque', access_token_format: 'opaque' },
    ],
    scopes: [...known.scopes, { name: 'soak:read', resource: OPAQUE_API, title: 'Read', description: 'Read.' }],
    clients: [
      ...known.clients.map((client) =>
        client.client_id === APP.id
          ? { ...client, scope: `${client.scope} soak:read`, backchannel_logout_uri: logoutUri }
          : client,
      ),
      {
        client_id: SIGNER.id,
        client_secret: SIGNER.secret,
        token_endpoint_auth_method: 'client_secret_jwt',
        grant_types: ['client_credentials'],
        scope: 'bench:read',
      },
    ],
  };
}

/** A client that takes logout tokens (OIDC Back-Channel Logout §2.5): its address, what the service needs to reach it. */
export async function listenForLogouts() {
  const file = (name) => fileURLToPath(new URL(name, CERTIFICATES));
  const tls = { key: readFileSync(file('localhost.key.pem')), cert: readFileSync(file('localhost.pem')) };
  const server = createServer(tls, (request, response) =>
    request.resume().on('end', () => response.writeHead(204).end()),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const host = `localhost:${server.address().port}`;
  return {
    uri: `https://${host}/logout`,
    env: { OUTBOUND_ALLOW: host, OUTBOUND_CA_FILE: file('ca.pem') },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** People who come, sign in, and leave, so that each of the soaked tables gets rows by what the service itself does. */
export class Visitors {
  static async at(issuer, workers) {
    return new Visitors(await Provider.at(issuer, workers));
  }

  constructor(provider) {
    this.provider = provider;
  }

  /** A whole visit, every answer checked; what a visitor waits for is all of it. */
  async visit(worker) {
    await this.signOut(await this.signIn(worker));
    await this.signedToken();
  }

  /** Page, password, consent, code, and an opaque token with a refresh token: gives the browser. */
  async signIn(worker) {
    const { browser, tokens } = await this.provider.signIn(worker, {
      scope: 'openid offline_access soak:read',
      parameters: { prompt: 'consent', resource: OPAQUE_API },
    });
    must(!tokens.access_token.includes('.') && tokens.refresh_token, 'expected an opaque token and a refresh token');
    return browser;
  }

  /** Ends the session; the client is told of it. */
  async signOut(browser) {
    const page = await browser.open(this.provider.metadata.end_session_endpoint);
    must(page.answer?.text.includes('id="logout-confirm"'), 'expected the sign-out page', page.answer);
    await browser.submit(page, { action: 'confirm' });
  }

  /** A token for a client that signs an assertion, whose `jti` is good once (RFC 7523 §3). */
  async signedToken() {
    const { issuer, token_endpoint: endpoint } = this.provider.metadata;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: SIGNER.id, sub: SIGNER.id, aud: issuer, jti: random(16), iat: now, exp: now + 60 };
    const form = {
      grant_type: 'client_credentials',
      scope: 'bench:read',
      client_assertion_type: ASSERTION,
      client_assertion: signed(claims, SIGNER.secret),
    };
    const tokens = json(await this.provider.http.send('POST', endpoint, { form }));
    must(tokens.token_type === 'Bearer' && tokens.expires_in > 0, 'not a token answer');
  }

  close() {
    return this.provider.close();
  }
}

function signed(claims, secret) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
