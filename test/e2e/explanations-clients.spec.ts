import { describe, expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import {
  assertionParameters,
  basic,
  BareClient,
  encoded,
  post,
  type AssertionWish,
  type Parameters,
} from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { Explainer } from '../support/explained.js';
import { aClient, aKeyHolder, aMachine, anApi, type GivenClient } from '../support/given.js';

const GRANT = { grant_type: 'client_credentials' };

onEveryDatabase('what a support code tells of a client that was not let in', (running) => {
  const explainer = new Explainer(() => running.service);
  const send = (form: Parameters, headers: Record<string, string> = {}) =>
    post(running.service, '/oauth2/token', encoded({ ...GRANT, ...form }), headers);

  it('is found by a header of the answer, also by scripts of other origins (RFC 6749 §5.2)', async () => {
    const answer = await send({ client_id: 'nobody' }, { origin: 'https://rp.example' });
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-z]{10}$/);
    expect(await explainer.of(answer)).toMatchObject({
      support_code: answer.headers.get('x-request-id'),
      explanation: 'There is no client of this client_id.',
      clause: 'RFC 6749 §2.3',
    });
  });

  it('its secret is wrong, or has expired, which the client is not told (RFC 6749 §2.3.1)', async () => {
    const client = await aMachine(running.service, (await anApi(running.service)).scopes);
    const wrong = await send({}, { authorization: basic(client.clientId, 'hush') });
    const told = await explainer.of(wrong);
    expect(told['explanation']).toBe(
      'The client did not prove itself by client_secret_basic: the secret or key is not one of its own.',
    );
    expect(JSON.stringify(told)).not.toContain('hush');
    const api = await AdminApi.of(running.service, ['clients/{client_id}/secrets:write', 'clients:write']);
    const end = new Date(running.service.clock.now().getTime() + 60_000).toISOString();
    const { client_secret: secret } = await api.made(`/clients/${client.clientId}/secrets`, { expires_at: end });
    const authorization = basic(client.clientId, String(secret));
    expect((await send({}, { authorization })).status).toBe(200);
    running.service.clock.advance('61s');
    const expired = await send({}, { authorization });
    expect(expired.body).toEqual(wrong.body);
    expect(await explainer.words(expired)).toBe(`The secret of the client expired at ${end}.`);
  });

  it('it is disabled, or came in by another door than its own (RFC 6749 §2.3)', async () => {
    const disabled = await aClient(running.service, { status: 'disabled' });
    const secret = disabled.clientSecret ?? '';
    expect(await explainer.words(await send({}, { authorization: basic(disabled.clientId, secret) }))).toBe(
      'The client is disabled.',
    );
    const client = await aMachine(running.service, []);
    const byPost = { client_id: client.clientId, client_secret: client.clientSecret };
    expect(await explainer.words(await send(byPost))).toBe(
      'The client authenticated by client_secret_post; it is registered for client_secret_basic.',
    );
    const both = { authorization: basic(client.clientId, client.clientSecret ?? '') };
    expect(await explainer.words(await send(byPost, both))).toBe(
      'The client authenticated in several ways at once: client_secret_basic, client_secret_post.',
    );
    expect(await explainer.words(await send({ client_id: 'other' }, both))).toBe(
      'The client_id is another than that of the client that authenticated.',
    );
    expect(await explainer.words(await send({}, { authorization: 'Basic !' }))).toMatch(
      /^The Authorization header is not Basic/,
    );
    expect(await explainer.words(await send({}))).toMatch(/^The client did not say who it is/);
    const open = new BareClient(running.service, await aClient(running.service, { tokenEndpointAuthMethod: 'none' }));
    expect(await explainer.words(await open.introspect('x'))).toBe(
      'A public client, which cannot prove who it is, may not use this endpoint.',
    );
  });

  describe('its assertion does not hold (RFC 7523 §3)', () => {
    async function asserted(wish: AssertionWish, by?: GivenClient): Promise<unknown> {
      const client = by ?? (await aKeyHolder(running.service));
      return explainer.words(await send(await assertionParameters(running.service, client, wish)));
    }
    const at = (seconds: number) => running.service.clock.epochSeconds() + seconds;

    it.each<[string, () => AssertionWish, string]>([
      [
        'a clock 94 s ahead',
        () => ({ claims: { iat: at(94), exp: at(154) } }),
        'The clock of the client is 94 s ahead: its client assertion is not valid yet.',
      ],
      [
        'nbf ahead',
        () => ({ claims: { nbf: at(30) } }),
        'The clock of the client is 30 s ahead: its client assertion is not valid yet.',
      ],
      [
        'a clock 200 s behind',
        () => ({ claims: { iat: at(-200), exp: at(-140) } }),
        'The client assertion expired 140 s ago, or the clock of the client is 200 s behind.',
      ],
      ['no end', () => ({ claims: { exp: undefined } }), 'The client assertion has no exp.'],
      [
        'too late an end',
        () => ({ claims: { exp: at(3600) } }),
        'The client assertion is good for 3600 s more; 300 s are the most.',
      ],
      [
        'too old',
        () => ({ claims: { iat: at(-400) } }),
        'The client assertion was made 400 s ago; 300 s are the most.',
      ],
      [
        'no jti',
        () => ({ claims: { jti: undefined } }),
        'The client assertion has no jti, or a longer one than 255 characters.',
      ],
      [
        'another iss',
        () => ({ claims: { iss: 'me' } }),
        'The client assertion does not have the client_id as its iss and its sub.',
      ],
      [
        'an unknown kid',
        () => ({ header: { kid: 'lost' } }),
        'The client assertion is signed with the key lost, and the client has no such key for ES256.',
      ],
      [
        'another typ',
        () => ({ header: { typ: 'at+jwt' } }),
        'The client assertion is no signed JWT of a kind and algorithm that is taken: its alg is ES256.',
      ],
    ])('with %s', async (_mistake, wish, words) => {
      expect(await asserted(wish())).toBe(words);
    });

    it('with the aud of another issuer, whose query stays out of it', async () => {
      expect(await asserted({ claims: { aud: 'https://other.example/token?hush' } })).toBe(
        `The client assertion has https://other.example/token as its aud; it must have ${running.service.issuer} and nothing else.`,
      );
    });

    it('with the key of another client, or a jti for the second time', async () => {
      const [client, other] = [await aKeyHolder(running.service), await aKeyHolder(running.service)];
      expect(await asserted({}, { ...client, privateKey: other.privateKey })).toBe(
        'The client assertion is not signed with the key first of the client.',
      );
      const once = { claims: { jti: 'once' } };
      await asserted(once, client).catch(() => undefined);
      expect(await asserted(once, client)).toBe('The client assertion was used before: its jti must be new each time.');
    });

    it('without its type, or without itself', async () => {
      const { client_assertion, client_assertion_type } = await assertionParameters(
        running.service,
        await aKeyHolder(running.service),
      );
      expect(await explainer.words(await send({ client_assertion }))).toBe(
        'The client_assertion_type is missing, or not that of a JWT.',
      );
      expect(await explainer.words(await send({ client_assertion_type }))).toBe(
        'There is a client_assertion_type, and no client_assertion.',
      );
    });
  });
});
