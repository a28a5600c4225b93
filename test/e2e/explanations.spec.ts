import { expect, it } from 'vitest';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient, type Answer, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, aSignInReadyToHappen, aUser } from '../support/given.js';

const CODE = 'https://rp.example/callback';

onEveryDatabase('why a request of a client was refused', (running) => {
  const explained = async (supportCode: string): Promise<Json> =>
    (await (await AdminApi.of(running.service, ['audit-events:read'])).get(`/explanations/${supportCode}`)).body;

  const codeOf = (headers: Headers): string => headers.get('x-request-id') ?? '';

  /** Makes a mistake at the authorization endpoint. */
  async function authorize(wish: Parameters, client?: BareClient): Promise<Json> {
    const bare = client ?? new BareClient(running.service, await aClient(running.service, { redirectUris: [CODE] }));
    const response = await fetch(bare.request(wish).url, { redirect: 'manual' });
    return explained(codeOf(response.headers));
  }

  const seeded: [string, Parameters, Partial<Record<string, unknown>>][] = [
    [
      'redirect_uri',
      { redirect_uri: 'https://rp.example/callbacks?token=hush' },
      {
        rule: 'redirect_uri.unregistered',
        clause: 'RFC 9700 §2.1',
        explanation:
          'The redirect_uri https://rp.example/callbacks differs at character 28 from the registered https://rp.example/callback.',
      },
    ],
    ['no redirect_uri', { redirect_uri: '' }, { explanation: 'The parameter redirect_uri is missing.' }],
    ['client_id', { client_id: 'nobody' }, { explanation: 'There is no client of this client_id.' }],
    [
      'no PKCE',
      { code_challenge: '', code_challenge_method: '' },
      { explanation: 'The client must use PKCE, and the request has no code_challenge.' },
    ],
    [
      'plain PKCE',
      { code_challenge_method: 'plain' },
      { explanation: 'The code_challenge_method is plain; only S256 is taken.' },
    ],
    ['a short challenge', { code_challenge: 'short' }, { rule: 'code_challenge.malformed', facts: { length: 5 } }],
    [
      'response_type',
      { response_type: 'id_token' },
      { explanation: 'The response_type is id_token; the client is registered for code.' },
    ],
    ['scope', { scope: 'nothing.here' }, { rule: 'scope.none' }],
  ];
  it.each(seeded)('is told in words for a wrong %s', async (_mistake, wish, expected) => {
    const answer = await authorize(wish);
    expect(answer).toMatchObject(expected);
    expect(JSON.stringify(answer)).not.toContain('hush');
  });

  it('is told of codes and what they are bound to, without the verifier', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const words = async (answer: Answer): Promise<unknown> => (await explained(codeOf(answer.headers)))['explanation'];
    const obtained = await bare.obtainCode(browser, alice);
    const verifier = 'v'.repeat(43);
    const mismatch = await bare.redeem({ ...obtained, verifier });
    const told = await explained(codeOf(mismatch.headers));
    expect(told).toMatchObject({
      client_id: client.clientId,
      error: 'invalid_grant',
      clause: 'RFC 7636 §4.6',
      explanation: 'The code_verifier does not fit the code_challenge: it is that of another request.',
    });
    expect(JSON.stringify(told)).not.toContain(verifier);
    expect(await words(await bare.redeem({ ...obtained, code: 'x' }))).toBe(
      'There is no such code: it was never issued here, or it is long gone.',
    );
    expect((await bare.redeem(obtained)).status).toBe(200);
    expect(await words(await bare.redeem(obtained))).toBe('The code was redeemed before; what it yielded has ended.');
    const other = new BareClient(running.service, await aClient(running.service));
    const theirs = await bare.obtainCode(aBrowser(running.service), await aUser(running.service));
    expect(await words(await other.redeem(theirs))).toBe(
      'The code was issued to another client than the one that redeems it.',
    );
    expect(await words(await bare.refresh('no-such-token'))).toBe('The refresh token is unknown.');
    const machine = new BareClient(running.service, await aMachine(running.service, []));
    expect(await words(await machine.refresh('x'))).toBe(
      'The grant_type is refresh_token; the client is registered for client_credentials.',
    );
  });

  it('is the clause of the rule where no words were written for it, and is there for seven days', async () => {
    const response = await fetch(running.service.url('/oauth2/token'), { method: 'POST' });
    const told = await explained(codeOf(response.headers));
    expect(told['explanation']).toMatch(/^The request does not do what RFC \d+ §[\d.]+ demands\.$/);
    const api = await AdminApi.of(running.service, ['users:read']);
    expect((await api.get(`/explanations/${codeOf(response.headers)}`)).status).toBe(403);
    const auditor = await AdminApi.of(running.service, ['audit-events:read']);
    expect((await auditor.get('/explanations/nothing')).status).toBe(404);
  });
});
