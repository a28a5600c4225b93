import type { ForeignTokenVerifier } from '#keys/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import { type Clock, type Random, sha256 } from '#platform/crypto/index.js';
import { TokenType } from '#standards/jose.js';
import { Browser, describe, Stranded } from './browser.js';
import type { HttpAnswer, HttpProbe } from './http-probe.js';
import type { ThrowAwayClient, ThrowAwayUser } from './throw-away.js';

/** What a flow is driven with. */
export interface FlowParts {
  readonly issuer: IssuerSettings;
  readonly http: HttpProbe;
  readonly verifier: Pick<ForeignTokenVerifier, 'verify'>;
  readonly random: Random;
  readonly clock: Clock;
}

/** One fresh value for everything that ties a request to its answer. */
interface Ties {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Goes through the authorization code flow as a client and its user would (OIDC Core §3.1), and checks each answer. */
export class CodeFlow {
  constructor(
    private readonly parts: FlowParts,
    private readonly client: ThrowAwayClient,
    private readonly user: ThrowAwayUser,
  ) {}

  /** Fails with the first thing that is not as it should be. */
  async run(): Promise<void> {
    const { random } = this.parts;
    const ties = { state: random.secret(), nonce: random.secret(), verifier: random.secret() };
    const metadata = await this.metadata();
    const code = await this.authorize(urlIn(metadata, 'authorization_endpoint'), ties);
    const tokens = await this.redeem(urlIn(metadata, 'token_endpoint'), code, ties);
    await this.checkIdToken(tokens, urlIn(metadata, 'jwks_uri'), ties);
    await this.checkUserinfo(tokens, urlIn(metadata, 'userinfo_endpoint'));
  }

  private async metadata(): Promise<Json> {
    const url = this.parts.issuer.url('/.well-known/openid-configuration');
    return jsonOf('the metadata', await this.parts.http.get(url));
  }

  private async authorize(endpoint: string, { state, nonce, verifier }: Ties): Promise<string> {
    const { http, issuer } = this.parts;
    const { clientId: client_id, redirectUri: redirect_uri } = this.client;
    const challenge = { code_challenge: sha256(verifier), code_challenge_method: 'S256' }; // RFC 7636 §4.2
    const request = {
      response_type: 'code',
      client_id,
      redirect_uri,
      scope: 'openid email',
      state,
      nonce,
      ...challenge,
    };
    const browser = new Browser(http, issuer.origin);
    const signIn = await browser.visit(`${endpoint}?${new URLSearchParams(request).toString()}`);
    const { username, password } = this.user;
    const consent = await browser.submit(signIn, 'password', { username, password, action: 'sign-in' });
    const end = await browser.submit(consent, 'consent-allow', { decision: 'allow' });
    if (end.at === 'page') throw new Stranded(`${describe(end)} instead of leading back to the client`);
    const answer = end.url.searchParams;
    const code = answer.get('code');
    if (code === null) throw new Stranded(`the client was answered ${answer.get('error') ?? 'without a code'}`);
    if (answer.get('state') !== state) throw new Stranded('the state came back changed');
    if (answer.get('iss') !== issuer.issuer) throw new Stranded('iss is not the issuer'); // RFC 9207 §2.4
    return code;
  }

  private async redeem(endpoint: string, code: string, { verifier }: Ties): Promise<Json> {
    const { clientId, clientSecret, redirectUri } = this.client;
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    return jsonOf('the token endpoint', await this.parts.http.post(endpoint, form, { authorization }));
  }

  /** OIDC Core §3.1.3.7. */
  private async checkIdToken(tokens: Json, jwksUri: string, { nonce }: Ties): Promise<void> {
    const { http, verifier, issuer, clock } = this.parts;
    const jwks = jsonOf('the JWKS', await http.get(jwksUri));
    const rules = { jwks, algorithms: ['RS256'], typ: [TokenType.IdToken] };
    const verified = await verifier.verify(textIn(tokens, 'id_token'), rules);
    if (verified.outcome === 'invalid') throw new Stranded(`the ID token: ${verified.detail}`);
    const { claims } = verified;
    const expected = { iss: issuer.issuer, aud: this.client.clientId, sub: this.user.id, nonce };
    for (const [name, value] of Object.entries(expected)) {
      if (claims[name] !== value) throw new Stranded(`the ID token has another ${name}`);
    }
    if (typeof claims['exp'] !== 'number' || claims['exp'] <= clock.epochSeconds()) {
      throw new Stranded('the ID token has ended already');
    }
  }

  /** OIDC Core §5.3.2. */
  private async checkUserinfo(tokens: Json, endpoint: string): Promise<void> {
    const authorization = `Bearer ${textIn(tokens, 'access_token')}`;
    const claims = jsonOf('userinfo', await this.parts.http.get(endpoint, { authorization }));
    if (claims['sub'] !== this.user.id) throw new Stranded('userinfo speaks of somebody else');
    if (claims['email'] !== this.user.email) throw new Stranded('userinfo has not the e-mail address');
  }
}

function jsonOf(whose: string, { status, body, headers }: HttpAnswer): Json {
  if (status !== 200) {
    const id = headers['x-request-id'];
    const code = typeof id === 'string' ? ` (support code ${id})` : '';
    throw new Stranded(`${whose} answered ${status}${code}: ${body.slice(0, 200)}`);
  }
  return JSON.parse(body) as Json;
}

function textIn(message: Json, name: string): string {
  const value = message[name];
  if (typeof value !== 'string') throw new Stranded(`there is no ${name}`);
  return value;
}

function urlIn(metadata: Json, name: string): string {
  return textIn(metadata, name);
}
