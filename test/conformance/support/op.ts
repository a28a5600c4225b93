import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe } from 'vitest';
import { answerOf, basic, encoded, type Answer, type Parameters } from '../../support/bare-client.js';
import { onEveryDatabase, type Running } from '../../support/every-database.js';
import { privateAuthority, type PrivateAuthority } from '../../support/private-authority.js';
import { UserAgent } from '../../support/user-agent.js';
import { checkDiscovery, checkKeys } from './every-response.js';
import { SuiteServer } from './suite-server.js';
import { ADMINISTRATOR, seedFor } from './seed.js';

/** The provider under certification as the suite meets it: over TLS, under a name that only the suite resolves. */
export class Op {
  private document: Readonly<Record<string, unknown>> | undefined;

  constructor(
    private readonly running: Running,
    private readonly outside: { readonly suite: SuiteServer; readonly authority: PrivateAuthority },
  ) {}

  get service(): Running['service'] {
    return this.running.service;
  }

  get issuer(): string {
    return this.service.issuer;
  }

  /** The relying party that the suite plays. */
  get suite(): SuiteServer {
    return this.outside.suite;
  }

  get fetch(): typeof fetch {
    return this.outside.authority.fetch;
  }

  /** A browser that nobody has used. */
  browser(headers: Readonly<Record<string, string>> = {}): UserAgent {
    return new UserAgent(this.issuer, { fetch: this.fetch, headers });
  }

  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return answerOf(await this.fetch(url, { headers }));
  }

  async post(url: string, form: Parameters, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return answerOf(await this.fetch(url, { method: 'POST', body: encoded(form), headers: { ...type, ...headers } }));
  }

  /** Sends JSON, or nothing, to an address that a token opens. */
  async json(method: string, url: string, { body, token }: { body?: unknown; token?: string } = {}): Promise<Answer> {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return answerOf(await this.fetch(url, { method, headers, ...sent }));
  }

  /** Sends a request to the administration API, as whoever runs the certification does between modules. */
  async administer(method: string, path: string, body?: unknown): Promise<Answer> {
    const { clientId, clientSecret } = ADMINISTRATOR;
    const authorization = basic(clientId, clientSecret);
    const granted = await this.post(
      await this.endpoint('token_endpoint'),
      { grant_type: 'client_credentials' },
      { authorization },
    );
    return this.json(method, `${this.issuer}/api/v1${path}`, { body, token: String(granted.body['access_token']) });
  }

  async discovery(): Promise<Readonly<Record<string, unknown>>> {
    if (this.document === undefined) {
      const answer = await this.get(`${this.issuer}/.well-known/openid-configuration`);
      checkDiscovery(answer, this.issuer);
      this.document = answer.body;
    }
    return this.document;
  }

  /** An address of the discovery document, which must be there. */
  async endpoint(name: string): Promise<string> {
    const url = (await this.discovery())[name];
    if (typeof url !== 'string') throw new Error(`the discovery document has no ${name}`);
    return url;
  }

  async keys(): Promise<JSONWebKeySet> {
    const answer = await this.get(await this.endpoint('jwks_uri'));
    return checkKeys(answer);
  }
}

/** Tells the modules of a plan on each database, each time to one provider and one relying party of the suite. */
export function onCertifiedOp(plan: string, tell: (op: Op) => void, more: NodeJS.ProcessEnv = {}): void {
  describe(plan, () => {
    const outside = {} as { suite: SuiteServer; authority: PrivateAuthority }; // filled in before any test
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-suite-'));
    const seedFile = join(folder, 'seed.json');
    beforeAll(async () => {
      outside.authority = await privateAuthority('op.test', 'localhost');
      outside.suite = await SuiteServer.start(outside.authority);
      writeFileSync(seedFile, JSON.stringify(seedFor(outside.suite)));
    });
    afterAll(async () => {
      await outside.suite.close();
      outside.authority.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const env = (port: number): NodeJS.ProcessEnv => ({
      ISSUER: `https://op.test:${port}`,
      SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url'),
      TLS_CERT_FILE: outside.authority.certFile,
      TLS_KEY_FILE: outside.authority.keyFile,
      OUTBOUND_ALLOW: outside.suite.host,
      OUTBOUND_CA_FILE: outside.authority.caFile,
      CLIENT_REGISTRATION: 'open',
      SEED_FILE: seedFile,
      ADMIN_CLIENT_ID: ADMINISTRATOR.clientId,
      ADMIN_CLIENT_SECRET: ADMINISTRATOR.clientSecret,
      ...more,
    });
    onEveryDatabase(
      'at op.test',
      (running) => {
        tell(new Op(running, outside));
      },
      { env },
    );
  });
}
