import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfigurations } from '../../src/admin/configurations/configurations.js';
import { oddClient } from '../../src/admin/configurations/configurations.spec-support.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { aBrowser, aClient, aMachine, anApi, aUser, uniqueName, type GivenClient } from '../support/given.js';
import { throughEveryPage } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';
const CALLBACK = "https://rp.example/cb?x='$(id)'";

/** What an application does with what was copied: one line out, one line in, one line out. */
const SIGN_IN = `import json, sys, gatehouse
url, state, verifier = gatehouse.start_sign_in()
print(url, flush=True)
print(json.dumps(gatehouse.finish_sign_in(sys.stdin.readline().strip(), state, verifier)))`;
const OWN_TOKEN = `import json, gatehouse
print(json.dumps(gatehouse.own_session().token))`;

describe('copied configurations of Python', () => {
  let service: TestService;
  let api: AdminApi;
  let folder: string;

  beforeAll(async () => {
    service = await startService();
    api = await AdminApi.of(service, ['clients:read']);
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-copied-'));
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a script beside what was copied for a client, and answers its lines one by one. */
  async function python(script: string, { clientId, clientSecret = '' }: GivenClient) {
    const path = `/clients/${encodeURIComponent(clientId)}/configuration`;
    const { body } = await api.get(path, { library: 'requests-oauthlib' });
    const [configuration] = body['configurations'] as Json[];
    const place = mkdtempSync(join(folder, 'application-'));
    writeFileSync(join(place, 'gatehouse.py'), String(configuration?.['text']));
    const env = { ...process.env, GATEHOUSE_CLIENT_SECRET: clientSecret, OAUTHLIB_INSECURE_TRANSPORT: '1' };
    writeFileSync(join(place, 'application.py'), script);
    const child = spawn(PYTHON, ['-B', 'application.py'], { cwd: place, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await lines.next()).value);
    return { next, tell: (line: string) => child.stdin.end(`${line}\n`) };
  }

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'sign users in as they are: requests-oauthlib with %s (RFC 6749 §4.1)',
    async (tokenEndpointAuthMethod) => {
      const wish = { clientId: uniqueName(`desk"'$\{x}\\`), redirectUris: [CALLBACK], tokenEndpointAuthMethod };
      const [client, alice] = [await aClient(service, wish), await aUser(service)];
      const application = await python(SIGN_IN, client);
      const browser = aBrowser(service);
      const visit = await throughEveryPage(browser, await browser.visit(await application.next()), alice);
      application.tell(visit.leftFor?.href ?? '');
      expect(JSON.parse(await application.next())).toMatchObject({ sub: alice.id, email: alice.claims.email });
    },
  );

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'get a token for a machine: requests-oauthlib with %s (RFC 6749 §4.4)',
    async (tokenEndpointAuthMethod) => {
      const orders = await anApi(service);
      const wish = { clientId: uniqueName(`job"'\\`), tokenEndpointAuthMethod };
      const application = await python(OWN_TOKEN, await aMachine(service, orders.scopes, wish));
      expect(JSON.parse(await application.next())).toMatchObject({ access_token: expect.any(String) as string });
    },
  );

  it.each(['web', 'machine'] as const)('parse, whatever the record says: %s', async (kind) => {
    const wish = kind === 'web' ? {} : { grantTypes: ['client_credentials' as const], redirectUris: [] };
    const { configurations } = clientConfigurations(oddClient(wish), service.issuer);
    const sources = configurations.filter(({ language }) => language === 'python' || language === 'toml');
    expect(sources.length).toBe(kind === 'web' ? 3 : 1);
    for (const { id, language, text } of sources) {
      const parse = language === 'toml' ? 'import sys, tomllib; tomllib.loads' : 'import sys, ast; ast.parse';
      const child = spawn(PYTHON, ['-c', `${parse}(sys.stdin.read())`], { stdio: ['pipe', 'ignore', 'inherit'] });
      child.stdin.end(text);
      expect(await new Promise((resolve) => child.once('close', resolve)), id).toBe(0);
    }
  });
});
