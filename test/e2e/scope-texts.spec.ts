import { expect, it } from 'vitest';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, anyLanguage, aClient, aUser, uniqueName } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase('the words of a scope', (running) => {
  async function aScope(api: AdminApi, wish: Json = {}) {
    const identifier = `https://${uniqueName('trips')}.example/api`;
    await api.made('/resources', { identifier, name: 'Trips' });
    const name = uniqueName('trips');
    await api.made('/scopes', { name, resource: identifier, title: 'See your trips', ...wish });
    return { name, path: `/scopes/${name}` };
  }

  async function asked(name: string) {
    const scope = ['openid', 'email', name];
    const client = await aClient(running.service, { scope });
    return { bare: new BareClient(running.service, client), scope: scope.join(' ') };
  }

  it('are shown in the language of the reader, with an example, a drawing and a mark', async () => {
    const api = await AdminApi.of(running.service);
    const { name } = await aScope(api, {
      description: 'Where you went.',
      example: 'Oslo, 3 May',
      icon: 'calendar',
      sensitivity: 'sensitive',
      translations: { zh: { title: '查看你的行程', example: '奥斯陆，5月3日' } },
    });
    const { bare, scope } = await asked(name);
    const alice = await aUser(running.service, anyLanguage());
    const browser = aBrowser(running.service);
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    for (const words of ['See your trips', 'Where you went.', 'for example: Oslo, 3 May', 'sensitive']) {
      expect(page.html.words).toContain(words);
    }
    expect(page.html.source).toContain('class="icon calendar"');
    const translated = await browser.visit(bare.request({ scope, ui_locales: 'zh-CN' }).url);
    for (const words of ['查看你的行程', '奥斯陆，5月3日', '敏感']) expect(translated.html.words).toContain(words);
    expect(translated.html.words).not.toContain('Where you went.');
  });

  it.each([
    ['example', ['a\nb', 'x'.repeat(201), 1]],
    ['icon', ['skull', 1]],
    ['sensitivity', ['secret', true]],
    ['translations', [1, { zh: 'x' }, { zh: {} }, { zh: { title: 'x', more: 'y' } }, { ZH: { title: 'x' } }]],
    ['text_version', [2]],
    ['meaning_version', [2]],
    ['meaning_changed', [true]],
  ])('are refused with a bad %s, with a pointer to it', async (member, values) => {
    const api = await AdminApi.of(running.service);
    for (const value of values) {
      const answer = await api.post('/scopes', { name: uniqueName('s'), title: 'Trips', [member]: value });
      expect([answer.status, pointersOf(answer)], JSON.stringify(value)).toEqual([422, [`#/${member}`]]);
    }
    const inside = { translations: { zh: { title: '' } } };
    const answer = await api.post('/scopes', { name: uniqueName('s'), title: 'Trips', ...inside });
    expect(pointersOf(answer)).toEqual(['#/translations/zh/title']);
  });

  it('have versions: of the words with each change, of the meaning when the administrator says so', async () => {
    const api = await AdminApi.of(running.service);
    const { path } = await aScope(api);
    const versions = async (patch: Json) => {
      const { body } = await api.patch(path, patch);
      return [body['text_version'], body['meaning_version']];
    };
    expect(await versions({ title: 'See your trips.' })).toEqual([2, 1]);
    expect(await versions({ title: 'See your trips.', meaning_changed: true })).toEqual([2, 1]);
    expect(await versions({ icon: 'place', sensitivity: 'sensitive', meaning_changed: true })).toEqual([2, 1]);
    expect(await versions({ title: 'Book trips', meaning_changed: true })).toEqual([3, 2]);
    expect(await versions({ translations: { zh: { title: '预订' } }, meaning_changed: false })).toEqual([4, 2]);
    expect(await versions({ translations: null, icon: null })).toEqual([5, 2]);
    expect(pointersOf(await api.patch(path, { meaning_version: 9 }))).toEqual(['#/meaning_version']);
    expect((await api.get(path)).body).not.toHaveProperty('meaning_changed');
  });

  it('ask again when they mean something else, and not when they only read better', async () => {
    const api = await AdminApi.of(running.service);
    const { name, path } = await aScope(api);
    const { bare, scope } = await asked(name);
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    await bare.signIn(browser, alice, { scope });
    const visit = () => browser.visit(bare.request({ scope }).url);
    await api.patch(path, { title: 'See your journeys', meaning_changed: false });
    running.service.clock.advance('2s');
    expect((await visit()).answer).toHaveProperty('code');
    await api.patch(path, { title: 'Book journeys', meaning_changed: true });
    running.service.clock.advance('2s');
    const silent = await browser.visit(bare.request({ scope, prompt: 'none' }).url);
    expect(silent.answer['error']).toBe('consent_required');
    const page = await visit();
    expect(page.html.words).toContain('Book journeys');
    expect(page.html.words).toContain('means something else now');
    expect(page.html.words).toContain('Already allowed');
    const again = (await browser.submit(page, '#consent-allow')).answer;
    expect(again).toHaveProperty('code');
    expect((await visit()).answer).toHaveProperty('code');
    const [consent] = await api.all('/consents', { user_id: alice.id });
    const approval = (consent?.['scopes'] as readonly Json[]).find((one) => one['scope'] === name);
    expect(approval).toMatchObject({ text_version: 3, meaning_version: 2 });
  });
});
