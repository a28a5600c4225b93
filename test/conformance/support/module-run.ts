import { expect } from 'vitest';
import { encoded, s256, secret, type Answer, type Parameters } from '../../support/bare-client.js';
import { throughEveryPage } from '../../support/signing-in.js';
import type { UserAgent, Visit } from '../../support/user-agent.js';
import {
  checkEntropy,
  checkError,
  checkHops,
  checkIdToken,
  checkTokens,
  checkUserinfo,
  type Claims,
  type IdTokenExpectations,
} from './every-response.js';
import type { Op } from './op.js';
import { USER } from './seed.js';
import { proofOf, type SuiteClient } from './suite-client.js';

/** How answers travel to the client. */
export type Way = (typeof WAYS)[number];

const WAYS = ['query', 'fragment', 'form_post'] as const;

/** What a plan is run with. */
export interface Variant {
  readonly responseType: string;
  readonly formPost: boolean;
  readonly registration: 'static_client' | 'dynamic_client';
}

/** An authorization request, and where the browser was sent with it. */
export interface Sent {
  readonly url: string;
  readonly parameters: Parameters;
  readonly verifier: string | undefined;
}

/** What the authorization endpoint answered, checked. */
export interface Arrived {
  readonly sent: Sent;
  readonly visit: Visit;
  readonly values: Readonly<Record<string, string>>;
  /** The claims of the ID token that came with the answer. */
  readonly front: Claims | undefined;
}

/** What a module that goes well has in hand. */
export interface Passed extends Arrived {
  /** The answer of the token endpoint, where a code was redeemed. */
  readonly tokens: Answer | undefined;
  /** The claims of the ID token of the token endpoint, or else of the authorization endpoint. */
  readonly idToken: Claims;
  readonly rawIdToken: string;
  /** The access token of the token endpoint, or else of the authorization endpoint. */
  readonly accessToken: string | undefined;
}

/** One run of a module with one client: sends what the suite sends, and checks what it checks of every answer. */
export class ModuleRun {
  readonly algorithm: string;

  constructor(
    readonly op: Op,
    readonly variant: Variant,
    readonly client: SuiteClient,
  ) {
    this.algorithm = (client.registered?.['id_token_signed_response_alg'] as string | undefined) ?? 'RS256';
  }

  /** Whether the response type has a part, such as `code`. */
  yields(part: string): boolean {
    return this.variant.responseType.split(' ').includes(part);
  }

  /** Whether an access token comes, by whichever endpoint. */
  get hasAccessToken(): boolean {
    return this.variant.responseType !== 'id_token';
  }

  /** An authorization request as the suite sends it: a state, a nonce, no PKCE. */
  async request(wish: Parameters = {}): Promise<Sent> {
    const verifier = wish['code_challenge_method'] === undefined ? undefined : secret();
    const parameters: Parameters = {
      client_id: this.client.clientId,
      redirect_uri: this.client.redirectUri,
      scope: 'openid',
      state: secret(),
      nonce: secret(),
      response_type: this.variant.responseType,
      response_mode: this.variant.formPost ? 'form_post' : undefined,
      ...(verifier === undefined ? {} : { code_challenge: s256(verifier) }),
      ...wish,
    };
    const endpoint = await this.op.endpoint('authorization_endpoint');
    return { url: `${endpoint}?${encoded(parameters)}`, parameters, verifier };
  }

  /** Sends a browser off, and lets the user go through whatever pages come. */
  async visit(browser: UserAgent, sent: Sent): Promise<Visit> {
    return throughEveryPage(browser, await browser.visit(sent.url, { site: 'cross-site' }), USER);
  }

  /** The whole flow, with everything checked on the way. */
  async pass(browser: UserAgent, wish: Parameters = {}): Promise<Passed> {
    const sent = await this.request(wish);
    return this.complete(sent, await this.visit(browser, sent));
  }

  /** Checks what came back, and redeems the code if there is one. */
  async complete(sent: Sent, visit: Visit): Promise<Passed> {
    const arrived = await this.arrived(sent, visit);
    const { values, front } = arrived;
    const tokens = values['code'] === undefined ? undefined : await this.redeem(sent, values['code']);
    if (tokens !== undefined) checkTokens(tokens);
    const raw = (tokens?.body['id_token'] as string | undefined) ?? values['id_token'] ?? '';
    const accessToken = (tokens?.body['access_token'] as string | undefined) ?? values['access_token'];
    const idToken = tokens === undefined ? front : await this.idToken(raw, sent, { accessToken });
    if (idToken === undefined) throw new Error('no ID token');
    if (front !== undefined) expect([idToken.iss, idToken.sub]).toEqual([front.iss, front.sub]); // OIDC Core §3.3.3.6
    return { ...arrived, tokens, idToken, rawIdToken: raw, accessToken };
  }

  /** Checks that the browser came back to the client with exactly what the response type yields. */
  async arrived(sent: Sent, visit: Visit): Promise<Arrived> {
    const values = this.values(sent, visit, this.usualWay(sent));
    expect(values).not.toHaveProperty('error');
    expect(values['state']).toBe(sent.parameters['state']);
    expect(values['iss']).toBe(this.op.issuer);
    for (const [part, member] of [
      ['code', 'code'],
      ['id_token', 'id_token'],
      ['token', 'access_token'],
    ] as const) {
      expect(member in values, member).toBe(this.yields(part));
    }
    const { code, id_token: raw, access_token: accessToken, state } = values;
    if (code !== undefined) checkEntropy(code);
    if (accessToken !== undefined) {
      checkEntropy(accessToken);
      expect(values).toMatchObject({ token_type: 'Bearer', expires_in: expect.stringMatching(/^\d+$/) as string });
    }
    const front =
      raw === undefined ? undefined : await this.idToken(raw, sent, { code, accessToken, state, hashed: true });
    return { sent, visit, values, front };
  }

  /** Checks that the browser came back with an error, and only with it; returns which. */
  refused(sent: Sent, visit: Visit, way = this.usualWay(sent)): string {
    return checkError(this.values(sent, visit, way), sent.parameters['state'], this.op.issuer);
  }

  async redeem({ parameters, verifier }: Sent, code: string, audience?: string): Promise<Answer> {
    const redirect = parameters['redirect_uri'];
    return this.token(
      { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier },
      audience,
    );
  }

  refresh(refreshToken: string, wish: Parameters = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...wish });
  }

  /** Posts to the token endpoint with the proof that the client is registered for. */
  async token(form: Parameters, audience?: string): Promise<Answer> {
    const proof = await proofOf(this.op, this.client, audience);
    return this.op.post(await this.op.endpoint('token_endpoint'), { ...form, ...proof.form }, proof.headers);
  }

  /** Asks for the claims of whoever the token is about. */
  async userinfo(accessToken: string | undefined, sub?: string): Promise<Answer['body']> {
    const answer = await this.askUserinfo(accessToken);
    checkUserinfo(answer, sub);
    return answer.body;
  }

  async askUserinfo(accessToken: string | undefined): Promise<Answer> {
    if (accessToken === undefined) throw new Error('no access token');
    return this.op.get(await this.op.endpoint('userinfo_endpoint'), { authorization: `Bearer ${accessToken}` });
  }

  /** Checks an ID token that came with a code or an access token, or alone. */
  async idToken(
    raw: string,
    { parameters }: Pick<Sent, 'parameters'>,
    beside: Pick<IdTokenExpectations, 'code' | 'accessToken' | 'state' | 'hashed'> = {},
  ): Promise<Claims> {
    return checkIdToken(raw, {
      keys: await this.op.keys(),
      issuer: this.op.issuer,
      clientId: this.client.clientId,
      nonce: parameters['nonce'],
      now: this.op.service.clock.now(),
      algorithm: this.algorithm,
      clientSecret: this.client.clientSecret,
      decrypted: this.client.decrypted,
      ...beside,
    });
  }

  /** OAuth Multiple Response Types §2.1, §5: the way that was asked for, or else the one of the response type. */
  private usualWay({ parameters: { response_mode: asked } }: Sent): Way {
    const mode = WAYS.find((way) => way === asked);
    return mode ?? (this.variant.responseType === 'code' ? 'query' : 'fragment');
  }

  /** What came to the redirect URI, all of it by the one way it may come. */
  private values({ parameters }: Sent, visit: Visit, way: Way): Readonly<Record<string, string>> {
    checkHops(visit);
    const redirectUri = String(parameters['redirect_uri']);
    const pairs = way === 'form_post' ? postedPairs(visit, redirectUri) : addressPairs(visit, redirectUri, way);
    const names = pairs.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    return Object.fromEntries(pairs);
  }
}

function addressPairs(visit: Visit, redirectUri: string, way: Way): [string, string][] {
  if (visit.leftFor === undefined) throw new Error(`stuck at ${visit.url.pathname}: ${visit.html.words.slice(0, 400)}`);
  const [address = '', fragment] = visit.leftFor.href.split('#');
  if (way === 'fragment') {
    expect(address).toBe(redirectUri); // nothing in the query, and the registered query as it was
    return [...new URLSearchParams(fragment ?? '')];
  }
  expect(fragment).toBeUndefined();
  const kept = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}`;
  expect(address.startsWith(kept), address).toBe(true);
  return [...new URLSearchParams(address.slice(kept.length))];
}

// OAuth Form Post §2, §4: a page that posts itself, under a policy that lets it.
function postedPairs({ leftFor, status, html, headers }: Visit, redirectUri: string): [string, string][] {
  expect([leftFor?.href, status]).toEqual([undefined, 200]);
  const forms = html.tags.filter(({ name }) => name === 'form');
  expect(forms.map(({ attributes }) => attributes.get('action'))).toEqual([redirectUri]);
  expect(forms[0]?.attributes.get('method')).toBe('post');
  expect(forms[0]?.attributes.get('enctype') ?? 'application/x-www-form-urlencoded').toBe(
    'application/x-www-form-urlencoded',
  );
  const script = html.tags.find(({ name }) => name === 'script');
  const source = html.source.slice(script?.end, html.source.indexOf('</script>'));
  expect(source).toBe('document.forms[0].submit();'); // what browsers of any age run
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`'nonce-${script?.attributes.get('nonce') ?? ''}'`);
  const targets = /form-action ([^;]*)/.exec(policy)?.[1];
  if (targets !== undefined) expect(targets.split(' ')).toContain(new URL(redirectUri).origin);
  return html.tags
    .filter(({ name, attributes }) => name === 'input' && attributes.get('type') === 'hidden')
    .map(({ attributes }) => [attributes.get('name') ?? '', attributes.get('value') ?? '']);
}
