import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, decodeJwt, importJWK, type JWK } from 'jose';
import { afterAll, expect, it } from 'vitest';
import { ConsentReceiptsService, type ConsentReceipt } from '#consent/index.js';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { verifyReceipt } from '../../src/admin/cli/commands/receipt-verify.command.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { anApi, aSignInReadyToHappen, aUser, aBrowser, uniqueName, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const APPLICATIONS = '/account/applications';

onEveryDatabase('the receipt of a decision', (running) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-receipts-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const receipts = () => running.service.app.get(ConsentReceiptsService, { strict: false });
  const contentsOf = ({ jws }: ConsentReceipt) => decodeJwt(jws) as Record<string, unknown>;

  async function ready() {
    const title = uniqueName('See your orders');
    const api = await anApi(running.service);
    const [read = ''] = api.scopes;
    const scope = ['openid', 'email', read];
    const made = await aSignInReadyToHappen(running.service, { scope, optionalScope: ['email', read] });
    return { ...made, bare: new BareClient(running.service, made.client), read, title, scope: scope.join(' ') };
  }

  async function allowed(duration = 'forever') {
    const made = await ready();
    const tokens = await made.bare.signIn(made.browser, made.alice, { scope: made.scope }, { consent: { duration } });
    return { ...made, tokens, receipt: await latestOf(made.alice) };
  }

  async function latestOf(user: GivenUser): Promise<ConsentReceipt> {
    const [latest] = await receipts().latestOf(user.id, 10);
    if (latest === undefined) throw new Error('there is no receipt');
    return latest;
  }

  async function download(browser: UserAgent, id: string): Promise<Response> {
    const url = new URL(running.service.url(`/account/receipts/${id}/download`));
    return fetch(url, { redirect: 'manual', headers: { cookie: browser.cookies.header(url) ?? '' } });
  }

  it('holds what was shown, word for word and in order, and what was decided', async () => {
    const { bare, alice, browser, client, read, scope } = await ready();
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    await browser.submit(page, '#consent-allow', { scope: ['email'], duration: 'days:30' });
    const receipt = await latestOf(alice);
    const contents = contentsOf(receipt);
    expect(contents).toMatchObject({
      iss: running.service.issuer,
      jti: receipt.id,
      sub: alice.id,
      client_id: client.clientId,
      client: { name: 'Travel Desk', host: 'rp.example', updated_at: expect.any(String) as string },
      sid: receipt.sessionId,
      language: 'en',
      decision: 'allow',
      duration: 'days:30',
      scopes: [
        { name: 'openid', decision: 'allowed', text_version: 1, meaning_version: 1 },
        { name: 'email', decision: 'allowed', text_version: 1, meaning_version: 1 },
        { name: read, decision: 'denied', text_version: 1, meaning_version: 1 },
      ],
    });
    const text = contents['text'] as string[];
    const lines = [
      'Travel Desk wants to use your Gatehouse account',
      'Who you are',
      'Your data in Orders',
      'Deny',
      'Allow',
    ];
    const places = lines.map((line) => text.indexOf(line));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(text.some((line) => line.includes(`Use ${read}`))).toBe(true);
    expect(text.some((line) => line.includes(String(alice.claims.email)))).toBe(true);
    expect(page.html.words.replace(/\s+/g, ' ')).toContain(text[0]);
  });

  it('is there of a denial, too', async () => {
    const { bare, alice, browser, scope } = await ready();
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    expect((await browser.submit(page, '#consent-deny')).answer['error']).toBe('access_denied');
    const contents = contentsOf(await latestOf(alice));
    expect(contents).toMatchObject({ decision: 'deny' });
    expect(contents).not.toHaveProperty('duration');
    expect((contents['scopes'] as Json[]).map((one) => one['decision'])).toEqual(['denied', 'denied', 'denied']);
    expect(await latestOf(alice)).toMatchObject({ decision: 'deny' });
    const account = await browser.visit(APPLICATIONS);
    expect(account.html.words).toContain('Travel Desk Denied on');
  });

  it('still shows the old words when these are others now', async () => {
    const admin = await AdminApi.of(running.service);
    const { bare, alice, browser, read, scope } = await ready();
    const old = { title: 'Alte Worte', translations: { 'zh-CN': { title: '旧的文字' } } };
    await admin.patch(`/scopes/${read}`, old);
    running.service.clock.advance('2s');
    await bare.signIn(browser, alice, { scope, ui_locales: 'zh-CN' });
    const receipt = await latestOf(alice);
    await admin.patch(`/scopes/${read}`, { title: 'New words', translations: { 'zh-CN': { title: '新的文字' } } });
    const page = await browser.visit(`/account/receipts/${receipt.id}`);
    expect(page.html.words).toContain('旧的文字');
    expect(page.html.words).not.toContain('新的文字');
    expect(contentsOf(receipt)).toMatchObject({ language: 'zh-CN' });
  });

  it('is not made of words that nobody read: what changed meanwhile is shown first', async () => {
    const admin = await AdminApi.of(running.service);
    const { bare, alice, browser, read, scope } = await ready();
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    await admin.patch(`/scopes/${read}`, { title: 'Everything, also your salary' });
    running.service.clock.advance('2s');
    const again = await browser.submit(page, '#consent-allow');
    expect([again.status, again.html.has('#form-error')]).toEqual([422, true]);
    expect(again.html.words).toContain('Everything, also your salary');
    expect(await receipts().latestOf(alice.id, 10)).toEqual([]);
    expect((await browser.submit(again, '#consent-allow')).answer).toHaveProperty('code');
    expect(contentsOf(await latestOf(alice))['text']).toContain('Everything, also your salary');
    const { action, entries } = press(page.html, '#consent-allow', {});
    const without = entries.filter(([name]) => name !== 'shown');
    expect((await browser.post(new URL(action, page.url), without)).status).not.toBe(303);
  });

  it('is on the account page, to be read, printed and taken away, by its user alone', async () => {
    const { browser, receipt } = await allowed();
    const account = await browser.visit(APPLICATIONS);
    expect(account.html.source).toContain(`href="/account/receipts/${receipt.id}"`);
    const page = await browser.visit(`/account/receipts/${receipt.id}`);
    expect(page.html.words).toContain('You allowed Travel Desk to use your account');
    expect(page.html.words).toContain('Who you are');
    const file = await download(browser, receipt.id);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="receipt-${receipt.id}.json"`);
    const { receipt: jws, contents, public_key: key } = (await file.json()) as { [name: string]: string };
    const { payload } = await compactVerify(String(jws), await importJWK(key as unknown as JWK, 'ES256'));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(contents);
    const others = aBrowser(running.service);
    await signIn(others, await others.visit('/sign-in'), await aUser(running.service));
    expect((await others.visit(`/account/receipts/${receipt.id}`)).status).toBe(404);
    expect((await download(others, receipt.id)).status).toBe(404);
    expect((await download(aBrowser(running.service), receipt.id)).status).toBe(303);
  });

  it('is listed and checked over REST', async () => {
    const admin = await AdminApi.of(running.service, ['consents:read']);
    const { alice, client, receipt } = await allowed();
    const [item] = await admin.all('/consent-receipts', { user_id: alice.id, client_id: client.clientId });
    expect(item).toMatchObject({ id: receipt.id, decision: 'allow', receipt: receipt.jws, expires_at: null });
    const { body } = await admin.get(`/consent-receipts/${receipt.id}`);
    expect(body).toEqual({ ...item, valid: true, contents: contentsOf(receipt) });
    expect((await admin.get(`/consent-receipts/${alice.id}`)).status).toBe(404);
    const other = await AdminApi.of(running.service, ['clients:read']);
    expect((await other.get('/consent-receipts')).status).toBe(403);
  });

  it.each([
    ['decision', 'deny'],
    ['user_id', 'somebody-else'],
    ['client_id', 'another-client'],
    ['session_id', 'another-session'],
    ['created_at', 1],
  ])('fails when its %s was changed in the database', async (column, value) => {
    const { receipt } = await allowed();
    const { dataSource } = running.service.app.get(Database, { strict: false });
    await dataSource.query(`UPDATE consent_receipt SET ${column} = ? WHERE id = ?`, [value, receipt.id]);
    const changed = await receipts().find(receipt.id);
    expect(changed && (await receipts().verifyKept(changed))).toBeUndefined();
  });

  it('fails when the signed text was changed, or signed by another key', async () => {
    const { alice, receipt } = await allowed();
    const { alice: bob, receipt: other } = await allowed();
    const [header = '', , signature = ''] = receipt.jws.split('.');
    const forged = Buffer.from(JSON.stringify({ ...contentsOf(receipt), decision: 'deny' })).toString('base64url');
    expect(await receipts().verify(`${header}.${forged}.${signature}`)).toBeUndefined();
    expect(await receipts().verify(receipt.jws)).toBeDefined();
    expect(await receipts().verifyKept({ ...receipt, jws: other.jws })).toBeUndefined();
    expect(alice.id).not.toBe(bob.id);
  });

  it('is good also long after its key was followed by another, or withdrawn', async () => {
    const { receipt } = await allowed();
    const admin = await AdminApi.of(running.service);
    await admin.post('/keys/rotate', { now: true });
    running.service.clock.advance('400d');
    await running.service.app.get(JobsService, { strict: false }).runNow('key-rotation');
    const published = await fetch(running.service.url('/oauth2/jwks'));
    const { kid } = JSON.parse(Buffer.from(receipt.jws.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
    expect(await published.text()).not.toContain(kid);
    expect(await receipts().verifyKept(receipt)).toMatchObject({ publicKey: { kid } });
  });

  it('is kept for three years after what it allowed has ended, and goes then', async () => {
    const day = 86_400_000;
    const { bare, alice, browser, scope, receipt } = await allowed();
    expect(receipt.expiresAt).toBeUndefined();
    await bare.signIn(browser, alice, { scope, prompt: 'consent' }, { consent: { duration: 'forever' } });
    const inThreeYears = (from: number) => new Date(from + 1095 * day);
    const now = () => running.service.clock.now().getTime();
    const replaced = await receipts().find(receipt.id);
    expect(replaced?.expiresAt).toEqual(inThreeYears(now()));
    const all = await receipts().latestOf(alice.id, 10);
    expect(all.map(({ expiresAt }) => expiresAt).filter((end) => end === undefined)).toHaveLength(1);
    running.service.clock.advance('10d');
    const page = await signIn(browser, await browser.visit('/sign-in?return_to=/account/applications'), alice);
    await browser.submit(await browser.visit(APPLICATIONS), 'action=withdraw');
    expect(page.status).toBe(200);
    const ended = (await receipts().latestOf(alice.id, 10)).map(({ expiresAt }) => expiresAt?.getTime());
    expect(Math.max(...ended.map(Number))).toBe(inThreeYears(now()).getTime());
    running.service.clock.advance('1096d');
    await running.service.app.get(JobsService, { strict: false }).runNow('purge-consent-receipts');
    expect(await receipts().latestOf(alice.id, 10)).toEqual([]);
  });

  it('ends with a set time three years after that', async () => {
    const { receipt } = await allowed('days:30');
    expect(receipt.expiresAt).toEqual(new Date(running.service.clock.now().getTime() + (30 + 1095) * 86_400_000));
  });

  it('is in what a user takes away', async () => {
    const { alice, browser, receipt } = await allowed();
    const page = await browser.visit('/account/export');
    const { action, entries } = press(page.html, '#download', {});
    const url = new URL(action, page.url);
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(entries.map(([name, value]) => [name, value])),
      headers: { cookie: browser.cookies.header(url) ?? '', 'sec-fetch-site': 'same-origin' },
    });
    expect(await answer.json()).toMatchObject({ consent_receipts: [{ id: receipt.id, receipt: receipt.jws }] });
    expect(alice.id).toBe(receipt.userId);
  });

  it('outlives its user and its client', async () => {
    const admin = await AdminApi.of(running.service);
    const [{ alice, receipt }, other] = [await allowed(), await allowed()];
    expect((await admin.delete(`/users/${alice.id}`)).status).toBe(204);
    expect((await admin.delete(`/clients/${other.client.clientId}`)).status).toBe(204);
    for (const { id } of [receipt, other.receipt]) {
      const { body } = await admin.get(`/consent-receipts/${id}`);
      expect(body).toMatchObject({ valid: true, expires_at: expect.any(String) as string });
    }
  });

  it('is checked on the command line, by its file', async () => {
    const { browser, receipt } = await allowed();
    const file = join(folder, `${receipt.id}.json`);
    const downloaded = (await (await download(browser, receipt.id)).json()) as Json;
    const verify = (text: string) => {
      writeFileSync(file, text);
      return verifyReceipt(receipts(), file);
    };
    expect(await verify(JSON.stringify(downloaded))).toMatchObject({ json: { valid: true } });
    expect(await verify(receipt.jws)).toMatchObject({ json: { valid: true } });
    const edited = { ...downloaded, contents: { ...contentsOf(receipt), decision: 'deny' } };
    expect(await verify(JSON.stringify(edited))).toMatchObject({ json: { valid: false }, exitCode: 1 });
    expect(await verify(`${receipt.jws.slice(0, -4)}AAAA`)).toMatchObject({ json: { valid: false }, exitCode: 1 });
    expect(await verifyReceipt(receipts(), receipt.id)).toMatchObject({ json: { valid: true } });
    await expect(verifyReceipt(receipts(), 'nothing')).rejects.toThrow('There is neither a file nor a receipt');
    await expect(verify('{')).rejects.toThrow('is not JSON');
  });
});
