import { decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { AdminApi, nextOf, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen } from '../support/given.js';
import { expectCursorsChecked, expectLimits, expectUnknownParametersRefused } from '../support/keyset-pages.js';

const SIGNING = ['ES256', 'EdDSA', 'PS256', 'RS256'];
const ENCRYPTION = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW', 'RSA-OAEP-256'];
const ALGORITHMS = [...SIGNING, ...ENCRYPTION].sort();

onEveryDatabase('keys over REST', (running) => {
  const published = async (): Promise<string[]> => {
    const response = await fetch(running.service.url('/oauth2/jwks'));
    return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };

  const active = (keys: readonly Json[], alg: string): Json | undefined =>
    keys.find((key) => key['alg'] === alg && key['status'] === 'active');

  it('are listed without their private parts, one active for each algorithm', async () => {
    const api = await AdminApi.of(running.service);
    const keys = await api.all('/keys');
    expect(
      keys
        .filter(({ status }) => status === 'active')
        .map(({ alg }) => alg)
        .sort(),
    ).toEqual(ALGORITHMS);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['activates_at', 'alg', 'created_at', 'kid', 'retires_at', 'status', 'use']);
      expect(key['use']).toBe(ENCRYPTION.includes(String(key['alg'])) ? 'enc' : 'sig');
    }
    expect((await published()).sort()).toEqual(keys.map(({ kid }) => String(kid)).sort());
  });

  it('are followed by published ones first, which sign only later (RFC 7517 §5)', async () => {
    const api = await AdminApi.of(running.service);
    const before = await api.all('/keys');
    const answer = await api.post('/keys/rotate', { alg: 'ES256' });
    expect(answer.status).toBe(200);
    const after = answer.body['items'] as readonly Json[];
    const next = after.filter(({ status }) => status === 'next');
    expect(next.map(({ alg }) => alg)).toEqual(['ES256']);
    expect(active(after, 'ES256')?.['kid']).toBe(active(before, 'ES256')?.['kid']);
    expect(await published()).toContain(next[0]?.['kid']);
    expect(Date.parse(String(next[0]?.['activates_at']))).toBeGreaterThan(running.service.clock.now().getTime());
  });

  it('are followed at once with now, and what they signed stays good', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const early = await bare.signIn(browser, alice);
    const old = decodeProtectedHeader(early.idToken).kid;
    const { body, status } = await api.post('/keys/rotate', { now: true });
    expect(status).toBe(200);
    const keys = body['items'] as readonly Json[];
    expect(keys.find(({ kid }) => kid === old)?.['status']).toBe('retired');
    expect(active(keys, 'RS256')?.['kid']).not.toBe(old);
    const late = await bare.signIn(browser, alice);
    expect(decodeProtectedHeader(late.idToken).kid).toBe(active(keys, 'RS256')?.['kid']);
    expect(decodeProtectedHeader(late.accessToken).kid).toBe(active(keys, 'ES256')?.['kid']);
    expect(await published()).toEqual(expect.arrayContaining([old, active(keys, 'RS256')?.['kid']]));
    expect((await bare.userinfo(early.accessToken)).status).toBe(200);
  });

  it('are withdrawn with all that they signed only by revoke', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const early = await bare.signIn(browser, alice);
    const old = decodeProtectedHeader(early.accessToken).kid;
    const answer = await api.post('/keys/rotate', { alg: 'ES256', now: true, revoke: true });
    expect(answer.status).toBe(200);
    expect((answer.body['items'] as readonly Json[]).map(({ kid }) => kid)).not.toContain(old);
    expect(await published()).not.toContain(old);
    expect((await bare.userinfo(early.accessToken)).status).toBe(401);
    const fresh = await AdminApi.of(running.service); // the caller's own token was signed by it, too
    expect((await fresh.get('/keys')).status).toBe(200);
  });

  it('that others encrypt to are followed at once, and the old ones leave the JWKS (OIDC Core §10.2.1)', async () => {
    const api = await AdminApi.of(running.service);
    const old = active(await api.all('/keys'), 'RSA-OAEP-256')?.['kid'];
    const { body } = await api.post('/keys/rotate', { alg: 'RSA-OAEP-256' });
    const fresh = active(body['items'] as readonly Json[], 'RSA-OAEP-256')?.['kid'];
    expect(fresh).not.toBe(old);
    expect(await published()).toContain(fresh);
    expect(await published()).not.toContain(old);
  });

  it.each([
    [{ alg: 'HS256' }, '#/alg'],
    [{ alg: 'none' }, '#/alg'],
    [{ alg: 1 }, '#/alg'],
    [{ now: 'yes' }, '#/now'],
    [{ revoke: 1 }, '#/revoke'],
    [{ algorithm: 'ES256' }, '#/algorithm'],
  ])('are not rotated by %j', async (body, pointer) => {
    const api = await AdminApi.of(running.service);
    const before = await api.all('/keys');
    const answer = await api.post('/keys/rotate', body);
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
    expect(await api.all('/keys')).toEqual(before);
  });

  it('are rotated without a body, too', async () => {
    const api = await AdminApi.of(running.service);
    const { status, body } = await api.post('/keys/rotate');
    expect(status).toBe(200);
    const next = (body['items'] as readonly Json[]).filter((key) => key['status'] === 'next');
    expect(next.map(({ alg }) => alg).sort()).toEqual(SIGNING);
  });

  it('are listed page by page', async () => {
    const api = await AdminApi.of(running.service);
    const listing = {
      path: '/keys',
      key: 'kid',
      make: () => Promise.reject(new Error('keys are not made one by one')),
    };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    const kids = (await api.all('/keys')).map(({ kid }) => kid);
    const seen: unknown[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { body } = await api.get('/keys', { limit: '1', ...(cursor === '' ? {} : { cursor }) });
      seen.push(...(body['items'] as readonly Json[]).map(({ kid }) => kid));
      cursor = nextOf(body);
    }
    expect(seen).toEqual(kids);
  });
});
