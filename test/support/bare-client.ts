import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { GivenClient, GivenUser } from './given.js';
import { throughEveryPage, type Behaviour } from './signing-in.js';
import type { UserAgent, Visit } from './user-agent.js';

/** A service to talk to, in this process or another. */
export interface Reachable {
  readonly issuer: string;
  readonly clock: { epochSeconds(): number };
  url(path: string): string;
}

/** What a JSON endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Parameters by name; an undefined one is left out, several values make the parameter repeat. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An authorization request as it was sent, with what only the client knows of it. */
export interface SentRequest {
  readonly url: string;
  readonly parameters: Parameters;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** A code and what it takes to redeem it. */
export interface Obtained extends SentRequest {
  readonly code: string;
  readonly answer: Readonly<Record<string, string>>;
}

/** The tokens of a sign-in. */
export interface SignedIn extends Obtained {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly response: Answer;
}

/** The challenge of a verifier (RFC 7636 §4.2). */
export function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Writes parameters as a form or query. */
export function encoded(parameters: Parameters): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

/** Posts to an endpoint of the service exactly what is given. */
export async function post(
  service: Pick<Reachable, 'url'>,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerOf(
    await fetch(service.url(path), {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    }),
  );
}

/** Reads an answer that is JSON, empty or, where something went wrong, neither. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** The `Authorization` header of a client, both halves form-encoded (RFC 6749 §2.3.1). */
export function basic(clientId: string, clientSecret: string): string {
  const pair = [clientId, clientSecret].map((half) => new URLSearchParams([['', half]]).toString().slice(1)).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** A client that speaks HTTP itself, so that it can say what no library would. */
export class BareClient {
  constructor(
    readonly service: Reachable,
    readonly client: GivenClient,
  ) {}

  /** An authorization request with PKCE, state and nonce; what is given replaces that, undefined leaves it out. */
  request(wish: Parameters = {}): SentRequest {
    const [verifier, state, nonce] = [secret(), secret(), secret()];
    const parameters: Parameters = {
      response_type: 'code',
      client_id: this.client.clientId,
      redirect_uri: this.client.redirectUri,
      scope: 'openid',
      state,
      nonce,
      code_challenge: s256(verifier),
      code_challenge_method: 'S256',
      ...wish,
    };
    return { url: this.service.url(`/oauth2/authorize?${encoded(parameters)}`), parameters, verifier, state, nonce };
  }

  /** Sends a browser to the service and lets the user go through whatever comes, up to our redirect URI. */
  async ask(browser: UserAgent, user: GivenUser, wish: Parameters = {}, behaviour: Behaviour = {}): Promise<Visit> {
    const start = await browser.visit(this.request(wish).url, { site: 'cross-site' });
    return throughEveryPage(browser, start, user, behaviour);
  }

  /** The same, and it must yield a code. */
  async obtainCode(
    browser: UserAgent,
    user: GivenUser,
    wish: Parameters = {},
    behaviour: Behaviour = {},
  ): Promise<Obtained> {
    const sent = this.request(wish);
    const start = await browser.visit(sent.url, { site: 'cross-site' });
    const { answer } = await throughEveryPage(browser, start, user, behaviour);
    const { code } = answer;
    if (code === undefined) throw new Error(`no code but ${JSON.stringify(answer)}`);
    return { ...sent, code, answer };
  }

  /** Redeems a code; what is given replaces the parameters that fit it. */
  redeem({ code, verifier, parameters }: Omit<Obtained, 'answer'>, wish: Parameters = {}): Promise<Answer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: parameters['redirect_uri'],
      code_verifier: parameters['code_challenge'] === undefined ? undefined : verifier,
      ...wish,
    });
  }

  /** Signs a user in and redeems the code. */
  async signIn(
    browser: UserAgent,
    user: GivenUser,
    wish: Parameters = {},
    behaviour: Behaviour = {},
  ): Promise<SignedIn> {
    const obtained = await this.obtainCode(browser, user, wish, behaviour);
    const response = await this.redeem(obtained);
    if (response.status !== 200) throw new Error(`no tokens but ${response.status} ${response.text}`);
    const { access_token, refresh_token, id_token } = response.body;
    const tokens = {
      accessToken: textOrNone(access_token),
      refreshToken: textOrNone(refresh_token),
      idToken: textOrNone(id_token),
    };
    return { ...obtained, ...tokens, response };
  }

  refresh(refreshToken: string, wish: Parameters = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...wish });
  }

  /** Asks for a token of the client's own (RFC 6749 §4.4). */
  ownToken(wish: Parameters = {}): Promise<Answer> {
    return this.token({ grant_type: 'client_credentials', ...wish });
  }

  token(form: Parameters): Promise<Answer> {
    return this.call('/oauth2/token', form);
  }

  introspect(token: string, wish: Parameters = {}): Promise<Answer> {
    return this.call('/oauth2/introspect', { token, ...wish });
  }

  revoke(token: string, wish: Parameters = {}): Promise<Answer> {
    return this.call('/oauth2/revoke', { token, ...wish });
  }

  userinfo(accessToken: string): Promise<Answer> {
    return userinfo(this.service, accessToken);
  }

  /** Posts a form with the proof that the client is registered for. */
  async call(path: string, form: Parameters): Promise<Answer> {
    const { clientId, clientSecret = '', method } = this.client;
    const headers: Record<string, string> =
      method === 'client_secret_basic' ? { authorization: basic(clientId, clientSecret) } : {};
    return post(this.service, path, encoded({ ...(await this.proof()), ...form }), headers);
  }

  /** What the body of a request says about who sends it. */
  private async proof(): Promise<Parameters> {
    const { clientId, clientSecret, method } = this.client;
    switch (method) {
      case 'client_secret_basic':
        return {};
      case 'client_secret_post':
        return { client_id: clientId, client_secret: clientSecret };
      case 'client_secret_jwt':
      case 'private_key_jwt':
        return { ...(await assertionParameters(this.service, this.client)) };
      case 'none':
        return { client_id: clientId };
    }
  }
}

/** What is changed in an assertion that would be right. */
export interface AssertionWish {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The parameters by which a key holder proves itself (RFC 7521 §4.2). */
export async function assertionParameters(
  service: Reachable,
  client: GivenClient,
  wish: AssertionWish = {},
): Promise<{ client_assertion: string; client_assertion_type: string }> {
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(service, client, wish),
  };
}

/** A client assertion, right unless something is changed in it; a claim that is undefined is left out (RFC 7523 §3). */
export async function assertion(service: Reachable, client: GivenClient, wish: AssertionWish = {}): Promise<string> {
  const shared = client.method === 'client_secret_jwt';
  const key = shared ? new TextEncoder().encode(client.clientSecret) : client.privateKey;
  if (key === undefined) throw new Error(`${client.clientId} has no key`);
  const now = service.clock.epochSeconds();
  const claims: Readonly<Record<string, unknown>> = {
    iss: client.clientId,
    sub: client.clientId,
    aud: service.issuer,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...wish.claims,
  };
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ ...(shared ? { alg: 'HS256' } : { alg: 'ES256', kid: 'first' }), ...wish.header })
    .sign(key);
}

/** Asks who the user of a token is (OIDC Core §5.3.1). */
export async function userinfo(service: Pick<Reachable, 'url'>, accessToken: string): Promise<Answer> {
  return answerOf(
    await fetch(service.url('/oauth2/userinfo'), { headers: { authorization: `Bearer ${accessToken}` } }),
  );
}

function textOrNone(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 43 characters that nobody guesses. */
export function secret(): string {
  return randomBytes(32).toString('base64url');
}
