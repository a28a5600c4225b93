import { createHash, randomBytes } from 'node:crypto';
import { Browser } from './browser.mjs';
import { API, APP, MACHINE, OPAQUE_API, PASSWORD, REDIRECT_URI } from './facts.mjs';
import { Http, json, must } from './http.mjs';
import { TokenChecker } from './tokens.mjs';

/** A service under test as its clients see it: everything from discovery on, every answer checked. */
export class Provider {
  static async at(issuer, connections, { revokesJwt = true } = {}) {
    const http = new Http(issuer, connections);
    const metadata = json(await http.send('GET', '/.well-known/openid-configuration'));
    const jwks = json(await http.send('GET', metadata.jwks_uri));
    return new Provider(http, metadata, new TokenChecker(jwks), revokesJwt);
  }

  constructor(http, metadata, checker, revokesJwt) {
    this.http = http;
    this.metadata = metadata;
    this.checker = checker;
    this.revokesJwt = revokesJwt;
  }

  close() {
    return this.http.close();
  }

  /** A token for a machine of its own (client_credentials). */
  async machineToken() {
    const tokens = await this.#token(MACHINE, { grant_type: 'client_credentials', scope: 'bench:read' });
    const { issuer: iss } = this.metadata;
    this.checker.claims(tokens.access_token, { iss, aud: API, client_id: MACHINE.id, scope: 'bench:read' });
    return tokens.access_token;
  }

  /** A token of a machine that can be revoked: a JWT where that is possible, else an opaque one. */
  async revocableToken() {
    if (this.revokesJwt) return this.machineToken();
    const form = { grant_type: 'client_credentials', scope: 'bench:read', resource: OPAQUE_API };
    return (await this.#token(MACHINE, form)).access_token;
  }

  async refresh(refreshToken) {
    const tokens = await this.#token(APP, { grant_type: 'refresh_token', refresh_token: refreshToken });
    must(
      typeof tokens.refresh_token === 'string' && tokens.refresh_token !== refreshToken,
      'the refresh token is not new',
    );
    this.checker.claims(tokens.id_token, { iss: this.metadata.issuer, aud: APP.id });
    return tokens;
  }

  async introspect(token, client = APP) {
    return json(await this.#post(this.metadata.introspection_endpoint, client, { token }));
  }

  introspectAsMachine(token) {
    return this.introspect(token, MACHINE);
  }

  async revoke(token) {
    const answer = await this.#post(this.metadata.revocation_endpoint, MACHINE, { token });
    must(answer.status === 200 && answer.text === '', 'expected an empty 200', answer);
  }

  async userInfo(accessToken) {
    const headers = { authorization: `Bearer ${accessToken}` };
    return json(await this.http.send('GET', this.metadata.userinfo_endpoint, { headers }));
  }

  /** A new browser signs in from the first page to the tokens. */
  async signIn(user, { scope = 'openid profile email', parameters = {}, duration = 'forever' } = {}) {
    const browser = new Browser(this.http);
    const request = this.#request(scope, parameters);
    let page = await browser.open(request.url);
    must(page.answer?.text.includes('id="sign-in"'), 'expected the sign-in page', page.answer);
    page = await browser.submit(page, { username: `user-${user}`, password: PASSWORD, action: 'sign-in' });
    if (page.leftFor === undefined) {
      must(page.answer.text.includes('id="consent-allow"'), 'expected the consent page', page.answer);
      page = await browser.submit(page, { decision: 'allow', duration });
    } else {
      must(parameters.prompt === undefined, 'expected the consent page');
    }
    return { browser, tokens: await this.#redeem(page, request) };
  }

  /** A browser with a session and a remembered approval gets its tokens without a page. */
  async signOn(browser, scope = 'openid profile email') {
    const request = this.#request(scope);
    return this.#redeem(await browser.open(request.url), request);
  }

  #request(scope, parameters = {}) {
    const [verifier, state, nonce] = [random(32), random(16), random(16)];
    const query = new URLSearchParams({
      client_id: APP.id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope,
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    });
    return { verifier, state, nonce, url: `${this.metadata.authorization_endpoint}?${query}` };
  }

  async #redeem(page, { verifier, state, nonce }) {
    must(page.leftFor !== undefined, 'expected a redirect to the client', page.answer);
    const answer = page.leftFor.searchParams;
    must(
      answer.get('state') === state && answer.get('iss') === this.metadata.issuer,
      `wrong answer ${page.leftFor.href}`,
    );
    const tokens = await this.#token(APP, {
      grant_type: 'authorization_code',
      code: answer.get('code'),
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    });
    this.checker.claims(tokens.id_token, { iss: this.metadata.issuer, aud: APP.id, nonce });
    return tokens;
  }

  async #token(client, form) {
    const tokens = json(await this.#post(this.metadata.token_endpoint, client, form));
    must(tokens.token_type === 'Bearer' && tokens.expires_in > 0, 'not a token answer');
    return tokens;
  }

  #post(url, { id, secret }, form) {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    return this.http.send('POST', url, { headers: { authorization }, form });
  }
}

export const random = (bytes) => randomBytes(bytes).toString('base64url');
