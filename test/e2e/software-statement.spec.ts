import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { OutsideServer } from '../support/outside-server.js';
import { manageItself, registerItself, selfRegistered, sendable } from '../support/self-registered.js';

const DIRECTORY = 'https://directory.example';
const ARCHIVE = 'https://archive.example';
const CLAIMS: JWTPayload = {
  iss: DIRECTORY,
  software_id: 'travel-desk',
  client_name: 'Travel Desk by the Directory',
  redirect_uris: ['https://vouched.example/callback'],
};

let outside: OutsideServer;
let folder: string;
let directoryKey: CryptoKey;
let archiveKey: CryptoKey;
const env: NodeJS.ProcessEnv = { CLIENT_REGISTRATION: 'open' };

beforeAll(async () => {
  outside = await OutsideServer.start();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-statements-'));
  const keys = await Promise.all(['by-place', 'by-value'].map(aKey));
  const [directory, archive] = keys;
  if (directory === undefined || archive === undefined) throw new Error('no keys');
  [directoryKey, archiveKey] = [directory.privateKey, archive.privateKey];
  const jwks_uri = outside.putJson('/jwks', { keys: [directory.jwk] });
  const issuers = { [DIRECTORY]: { jwks_uri }, [ARCHIVE]: { jwks: { keys: [archive.jwk] } } };
  const file = join(folder, 'issuers.json');
  writeFileSync(file, JSON.stringify(issuers));
  Object.assign(env, outside.env, { SOFTWARE_STATEMENT_ISSUERS_FILE: file });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await outside.close();
});

async function aKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
}

function statement(claims: JWTPayload = CLAIMS, key = directoryKey, header: object = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'by-place', ...header }).sign(key);
}

onEveryDatabase(
  'software statements (RFC 7591 §2.3)',
  (running) => {
    it('win over what the client says itself, and are answered as they came (RFC 7591 §3.1.1, §3.2.1)', async () => {
      const software_statement = await statement();
      const said = { client_name: 'Anything', tos_uri: 'https://trips.example/terms', software_statement };
      const answer = await selfRegistered(running.service, said);
      expect(answer).toMatchObject({
        client_name: CLAIMS['client_name'],
        redirect_uris: CLAIMS['redirect_uris'],
        software_id: 'travel-desk',
        tos_uri: 'https://trips.example/terms',
        software_statement,
      });
      expect(answer).not.toHaveProperty('iss');
      expect((await manageItself(answer, 'GET')).body).toMatchObject({ software_statement });
    });

    it('may be signed with keys that the operator wrote down', async () => {
      const software_statement = await statement({ ...CLAIMS, iss: ARCHIVE }, archiveKey, { kid: 'by-value' });
      expect(await selfRegistered(running.service, { software_statement })).toMatchObject({ software_statement });
    });

    it('give nobody more than the policy does (RFC 7591 §5)', async () => {
      const greedy = { ...CLAIMS, scope: 'openid clients:write', first_party: true };
      const { status, body } = await registerItself(running.service, { software_statement: await statement(greedy) });
      expect([status, body['error']]).toEqual([400, 'invalid_client_metadata']);
    });

    it('take null for nothing said', async () => {
      const software_statement = await statement({ ...CLAIMS, client_name: null });
      const answer = await selfRegistered(running.service, { client_name: 'My Own', software_statement });
      expect(answer['client_name']).toBe('My Own');
    });

    const now = () => running.service.clock.epochSeconds();
    const others = async () => (await aKey('by-place')).privateKey;
    it.each<[string, () => Promise<string>]>([
      ['text', () => Promise.resolve('nonsense')],
      ['empty', () => Promise.resolve('')],
      ['without an issuer', () => statement({ client_name: 'Nobody' })],
      ['signed by somebody else', async () => statement(CLAIMS, await others())],
      ['signed with the key of another issuer', () => statement(CLAIMS, archiveKey, { kid: 'by-value' })],
      ['not signed', () => Promise.resolve(new UnsecuredJWT(CLAIMS).encode())],
      ['changed', async () => (await statement()).replace(/\.([^.]+)\./, `.${changedClaims()}.`)],
      ['expired', () => statement({ ...CLAIMS, exp: now() - 11 })],
      ['not good yet', () => statement({ ...CLAIMS, nbf: now() + 61 })],
      ['of the future', () => statement({ ...CLAIMS, iat: now() + 61 })],
      ['with a time that is none', () => statement({ ...CLAIMS, exp: 'never' as unknown as number })],
      ['for another server', () => statement({ ...CLAIMS, aud: 'https://elsewhere.example' })],
      ['another kind of token', () => statement(CLAIMS, directoryKey, { typ: 'at+jwt' })],
      ['too long', () => statement({ ...CLAIMS, client_uri: `https://a.example/${'x'.repeat(17_000)}` })],
    ])('are refused when they are %s: invalid_software_statement (RFC 7591 §3.2.2)', async (_what, make) => {
      const { status, headers, body } = await registerItself(running.service, { software_statement: await make() });
      expect([status, body['error']]).toEqual([400, 'invalid_software_statement']);
      expect(headers.get('cache-control')).toContain('no-store');
    });

    function changedClaims(): string {
      return Buffer.from(JSON.stringify({ ...CLAIMS, client_name: 'Another' })).toString('base64url');
    }

    it('count while they last, and for whom they name (RFC 7519 §4.1.3, §4.1.4)', async () => {
      const aud = ['https://elsewhere.example', running.service.issuer];
      const software_statement = await statement({ ...CLAIMS, aud, iat: now(), nbf: now(), exp: now() + 1 });
      expect((await registerItself(running.service, { software_statement })).status).toBe(201);
    });

    it('of an issuer that is not trusted are unapproved_software_statement (RFC 7591 §3.2.2)', async () => {
      const software_statement = await statement({ ...CLAIMS, iss: 'https://stranger.example' });
      const { status, body } = await registerItself(running.service, { software_statement });
      expect([status, body['error']]).toEqual([400, 'unapproved_software_statement']);
    });

    it('that are no text are a member of the wrong kind', async () => {
      const { body } = await registerItself(running.service, { software_statement: {} });
      expect(body['error']).toBe('invalid_client_metadata');
    });

    it('still hold when the client sends them back after their end (RFC 7592 §2.2)', async () => {
      const software_statement = await statement({ ...CLAIMS, exp: now() + 60 });
      const answer = await selfRegistered(running.service, { software_statement });
      running.service.clock.advance('5m');
      const { status, body, text } = await manageItself(answer, 'PUT', {
        ...sendable(answer),
        client_name: 'Mine now',
      });
      expect(status, text).toBe(200);
      expect(body).toMatchObject({ client_name: CLAIMS['client_name'], software_statement });
      const another = await statement({ ...CLAIMS, exp: now() - 60 });
      const refused = await manageItself(body, 'PUT', { ...sendable(body), software_statement: another });
      expect(refused.body['error']).toBe('invalid_software_statement');
    });

    it('are shown to administrators, who cannot change them', async () => {
      const software_statement = await statement();
      const { client_id } = await selfRegistered(running.service, { software_statement });
      const api = await AdminApi.of(running.service);
      const path = `/clients/${String(client_id)}`;
      expect((await api.get(path)).body).toMatchObject({ software_statement, self_registered: true });
      const refused = await api.patch(path, { software_statement: null });
      expect([refused.status, ...pointersOf(refused)]).toEqual([422, '#/software_statement']);
      expect((await api.patch(path, { client_name: 'Renamed' })).body).toMatchObject({ software_statement });
    });
  },
  { env },
);

onEveryDatabase(
  'software statements where nobody is trusted',
  (running) => {
    it('are unapproved (RFC 7591 §3.2.2)', async () => {
      const { status, body } = await registerItself(running.service, { software_statement: await statement() });
      expect([status, body['error']]).toEqual([400, 'unapproved_software_statement']);
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
