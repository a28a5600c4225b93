import { expect, it } from 'vitest';
import { AdminApi, faultsOf, PATCH_TYPE, pointersOf, type Json } from '../support/admin-api.js';
import { aBrowser, aClient, everyClaim, uniqueName } from '../support/given.js';
import { onEveryDatabase } from '../support/every-database.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
  expectUsualLength,
} from '../support/keyset-pages.js';
import type { Visit } from '../support/user-agent.js';

const PASSWORD = 'a long walk by the river';
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('users over REST', (running) => {
  const signIn = async (username: string, password: string): Promise<Visit> => {
    const browser = aBrowser(running.service);
    const page = await browser.visit(running.service.url('/sign-in'));
    return browser.submit(page, '#sign-in', { username, password });
  };

  it('adds one by a name alone, active and in no group', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const answer = await api.post('/users', { username });
    expect(answer.status).toBe(201);
    const { id } = answer.body;
    expect(answer.headers.get('location')).toBe(running.service.url(`/api/v1/users/${String(id)}`));
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      username,
      status: 'active',
      groups: [],
      effective_groups: [],
      required_actions: [],
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect((await api.get(`/users/${String(id)}`)).body).toEqual(answer.body);
  });

  it('keeps every standard claim by its own name (OIDC Core §5.1)', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const claims = everyClaim(username);
    const made = await api.made('/users', { username, ...claims, phone_number_verified: true });
    expect(made).toMatchObject({ ...claims, phone_number_verified: true });
    expect((await api.get(`/users/${String(made['id'])}`)).body).toEqual(made);
  });

  it('never answers or logs a password, and signs the user in with it by name and by address', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('Alice');
    const email = `${username}@mail.example`;
    const made = await api.post('/users', { username, email, password: PASSWORD });
    expect(made.status).toBe(201);
    const path = `/users/${String(made.body['id'])}`;
    const answers = [
      made,
      await api.get(path),
      await api.patch(path, { name: 'A' }),
      await api.get('/users', { limit: '200' }),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain('"password"');
      expect(text).not.toContain('cheap$');
    }
    expect(running.service.logs.text).not.toContain(PASSWORD);
    for (const typed of [username, email, email.toUpperCase(), ` ${username.toLowerCase()} `]) {
      expect((await signIn(typed, PASSWORD)).url.pathname, typed).toBe('/account');
    }
    expect((await signIn(username, `${PASSWORD}!`)).status).toBe(422);
  });

  it('without a password cannot be signed in to', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    await api.made('/users', { username });
    for (const password of ['x', PASSWORD, 'undefined', 'null'])
      expect((await signIn(username, password)).status).toBe(422);
  });

  it.each([
    ['x7Kp2qw', 'has 7 characters'],
    ['x7'.repeat(65), 'has 130 characters'],
    ['password123', 'is common'],
    ['aaaaaaaaaaaa', 'is one character'],
  ])('refuses the password %j, which %s, and says nothing of it', async (password) => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/users', { username: uniqueName('alice') });
    const answers = [
      await api.post('/users', { username: uniqueName('alice'), password }),
      await api.patch(`/users/${String(made['id'])}`, { password }),
    ];
    for (const answer of answers) {
      expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/password']]);
      expect(answer.text).not.toContain(password);
    }
  });

  it('refuses a password that is the name or the address it belongs to', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice-liddell');
    const email = `${uniqueName('a.liddell')}@mail.example`;
    for (const password of [username, username.toUpperCase(), email, email.split('@')[0]]) {
      expect(pointersOf(await api.post('/users', { username, email, password }))).toEqual(['#/password']);
    }
    const made = await api.made('/users', { username, email });
    for (const password of [username, email]) {
      expect(pointersOf(await api.patch(`/users/${String(made['id'])}`, { password }))).toEqual(['#/password']);
    }
  });

  it.each([
    ['username', [1, '', ' alice', 'alice ', 'a\u0000b', 'a\nb', '\u200b', 'x'.repeat(256), {}, []]],
    ['password', [12_345_678, {}, [], true]],
    ['status', ['Active', 'deleted', 1, true]],
    ['groups', ['sales', [1], {}, ['nobody-is-in-here'], [null]]],
    ['name', [1, '', ' ', 'a\nb', 'x'.repeat(256), {}]],
    ['given_name', [1, '']],
    ['family_name', [true, '']],
    ['middle_name', [[], '']],
    ['nickname', [{}, '\t']],
    ['preferred_username', [1, '']],
    ['profile', [1, 'people.example/alice', 'javascript:alert(1)', 'ftp://people.example/']],
    ['picture', ['data:image/png;base64,AA', '/alice.png', 'https://a b/']],
    ['website', ['mailto:a@b.example', 'x']],
    [
      'email',
      [
        1,
        '',
        'alice',
        '@mail.example',
        'a@',
        'a b@mail.example',
        'a@b@mail.example',
        'a@mail..example',
        '<a@mail.example>',
        'a\n@mail.example',
        `${'a'.repeat(65)}@mail.example`,
      ],
    ],
    ['email_verified', ['true', 1, true]], // true needs an address
    ['gender', [1, '', 'x'.repeat(65)]],
    ['birthdate', [1990, '1990-13-01', '1990-02-30', '90-01-01', '0000', '1990/01/01', '']],
    ['zoneinfo', [1, 'Mars/Base', '+01:00', '']],
    ['locale', [1, 'english language', 'x', '']],
    ['phone_number', [44, 'call me', '12', `+${'1'.repeat(41)}`, '']],
    ['phone_number_verified', ['true', 1, true]],
    ['id', ['x']],
    ['sub', ['x']],
    ['updated_at', [1]],
    ['created_at', ['2026-01-01T00:00:00Z']],
    ['roles', [['admin']]],
    ['passwordHash', ['x']],
    ['is_admin', [true]],
  ])('refuses a bad %s with a pointer to it, when added and in a patch', async (member, values) => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/users', { username: uniqueName('bob') });
    const path = `/users/${String(made['id'])}`;
    for (const value of values) {
      const answers = [
        await api.post('/users', { username: uniqueName('bob'), [member]: value }),
        await api.patch(path, { [member]: value }),
      ];
      for (const answer of answers) {
        expect(answer.status, `${member}: ${JSON.stringify(value)} ${answer.text}`).toBe(422);
        const places = faultsOf(answer).map(({ pointer }) => pointer.split('/')[1]);
        expect(new Set(places), JSON.stringify(value)).toEqual(new Set([member]));
      }
    }
    expect((await api.get(path)).body).toEqual(made);
  });

  it('needs a username, and names all faults at once', async () => {
    const api = await AdminApi.of(running.service);
    for (const body of [{}, { username: null }]) {
      const answer = await api.post('/users', body);
      expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/username']]);
    }
    const answer = await api.post('/users', { username: 1, email: 2, status: 'x', address: 'home', 'e-mail': 'a' });
    expect(pointersOf(answer)).toEqual(['#/address', '#/e-mail', '#/email', '#/status', '#/username']);
  });

  it('judges an address member by member (OIDC Core §5.1.1)', async () => {
    const api = await AdminApi.of(running.service);
    const address = (value: unknown) => api.post('/users', { username: uniqueName('bob'), address: value });
    expect(pointersOf(await address({ street: 'x' }))).toEqual(['#/address/street']);
    expect(pointersOf(await address({ locality: 1, region: [] }))).toEqual(['#/address/locality', '#/address/region']);
    expect(pointersOf(await address({ country: '' }))).toEqual(['#/address/country']);
    expect((await address({})).body).not.toHaveProperty('address');
    expect(pointersOf(await address([]))).toEqual(['#/address']);
    const constructed = await api.send('POST', '/users', {
      body: `{"username":"${uniqueName('bob')}","address":{"constructor":{"a":1}}}`,
      type: 'application/json',
    });
    expect(pointersOf(constructed)).toEqual(['#/address/constructor']);
  });

  it('is unique by the canonical form of name and address', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('René-Straße');
    const email = `${uniqueName('rene')}@mail.example`;
    await api.made('/users', { username, email });
    const taken: (readonly [Json, string])[] = [
      [{ username }, '#/username'],
      [{ username: username.toUpperCase().replace('STRASSE', 'STRAßE') }, '#/username'],
      [{ username: username.normalize('NFD') }, '#/username'],
      [{ username: email }, '#/username'],
      [{ username: uniqueName('x'), email: email.toUpperCase() }, '#/email'],
    ];
    for (const [body, pointer] of taken) {
      const answer = await api.post('/users', body);
      expect(answer.status, JSON.stringify(body)).toBe(409);
      expect(faultsOf(answer)).toEqual([{ pointer, detail: 'is taken' }]);
    }
    const other = await api.made('/users', { username: uniqueName('bob') });
    const answer = await api.patch(`/users/${String(other['id'])}`, { email });
    expect([answer.status, pointersOf(answer)]).toEqual([409, ['#/email']]);
  });

  it('adds exactly one of 10 at the same moment with one name', async () => {
    const api = await AdminApi.of(running.service);
    await api.token();
    const username = uniqueName('race');
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post('/users', { username })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it('changes what a patch names, member by member in an address; null removes (RFC 7396 §2)', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const made = await api.made('/users', {
      username,
      name: 'Alice',
      email: `${username}@mail.example`,
      email_verified: true,
      address: { locality: 'Oxford', country: 'UK' },
    });
    const path = `/users/${String(made['id'])}`;
    running.service.clock.advance('1s');
    const first = await api.patch(path, { name: null, nickname: 'Ali', address: { country: null, region: 'Oxon' } });
    expect(first.body).toEqual({
      ...without(made, 'name'),
      nickname: 'Ali',
      address: { locality: 'Oxford', region: 'Oxon' },
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect(first.body['updated_at']).not.toBe(made['updated_at']);
    const second = await api.patch(path, { address: null, status: null, groups: null }, 'application/json');
    expect(second.body).toMatchObject({ status: 'active', groups: [] });
    expect(second.body).not.toHaveProperty('address');
    expect(pointersOf(await api.patch(path, { username: null }))).toEqual(['#/username']);
    expect(pointersOf(await api.patch(path, { email: null }))).toEqual(['#/email_verified']);
    expect((await api.patch(path, { email: null, email_verified: null })).status).toBe(200);
  });

  it('takes a patch that is what GET answered as no change', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const made = await api.made('/users', { username, ...everyClaim(username) });
    expect((await api.patch(`/users/${String(made['id'])}`, made)).body).toMatchObject(without(made, 'updated_at'));
  });

  it('replaces a password, and refuses to take it away', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const made = await api.made('/users', { username, password: PASSWORD });
    const path = `/users/${String(made['id'])}`;
    expect((await api.patch(path, { password: 'another walk by the river' })).status).toBe(200);
    expect((await signIn(username, PASSWORD)).status).toBe(422);
    expect((await signIn(username, 'another walk by the river')).url.pathname).toBe('/account');
    expect(pointersOf(await api.patch(path, { password: null }))).toEqual(['#/password']);
  });

  it('is deleted once, and frees the name', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('alice');
    const made = await api.made('/users', { username, password: PASSWORD });
    const path = `/users/${String(made['id'])}`;
    expect((await api.delete(path)).status).toBe(204);
    for (const answer of [await api.delete(path), await api.get(path), await api.patch(path, {})]) {
      expect(answer.status).toBe(404);
    }
    expect((await signIn(username, PASSWORD)).status).toBe(422);
    expect((await api.made('/users', { username }))['id']).not.toBe(made['id']);
  });

  it('knows nobody by an id in other letters, or by a name', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/users', { username: uniqueName('alice') });
    for (const id of [String(made['id']).toUpperCase(), String(made['username'])]) {
      expect((await api.get(`/users/${encodeURIComponent(id)}`)).status).toBe(404);
    }
  });

  it('is listed page by page, and by group', async () => {
    const api = await AdminApi.of(running.service);
    const listing = {
      path: '/users',
      key: 'id',
      make: async () => String((await api.made('/users', { username: uniqueName('listed') }))['id']),
    };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    await expectUsualLength(api, listing);
    const group = String((await api.made('/groups', { name: uniqueName('Sales') }))['name']);
    const members: unknown[] = [];
    for (let count = 0; count < 3; count++) {
      running.service.clock.advance('1ms'); // a list is in the order of time
      members.push((await api.made('/users', { username: uniqueName('member'), groups: [group] }))['id']);
    }
    expect((await api.all('/users', { group })).map(({ id }) => id)).toEqual(members);
    expect((await api.all('/users', { group: group.toUpperCase() })).map(({ id }) => id)).toEqual(members);
    expect(await api.all('/users', { group: 'nobody-is-in-here' })).toEqual([]);
  });

  it('is made or changed as an administrator only by a caller with every admin scope', async () => {
    const everything = await AdminApi.of(running.service);
    const some = await AdminApi.of(running.service, ['users:read', 'users:write', 'groups:read', 'groups:write']);
    const username = uniqueName('root');
    for (const name of ['administrators', 'Administrators', 'ＡＤＭＩＮＩＳＴＲＡＴＯＲＳ']) {
      expect((await some.post('/users', { username, groups: [name] })).status, name).toBe(403);
    }
    const root = await everything.made('/users', { username, groups: ['administrators'], password: PASSWORD });
    const path = `/users/${String(root['id'])}`;
    for (const patch of [
      { password: 'another walk by the river' },
      { email: 'x@mail.example' },
      { groups: [] },
      { status: 'disabled' },
    ]) {
      expect((await some.patch(path, patch)).status).toBe(403);
    }
    expect((await some.delete(path)).status).toBe(403);
    const plain = await everything.made('/users', { username: uniqueName('plain') });
    expect((await some.patch(`/users/${String(plain['id'])}`, { groups: ['administrators'] })).status).toBe(403);
    expect((await everything.get(path)).body).toEqual(root);
    expect((await signIn(username, PASSWORD)).url.pathname).toBe('/account');
    expect((await everything.patch(path, { groups: null }, PATCH_TYPE)).status).toBe(200);
    expect((await some.delete(path)).status).toBe(204);
  });

  it('never shares an id with a client, and is known to none as one', async () => {
    const api = await AdminApi.of(running.service);
    const client = await aClient(running.service);
    expect((await api.get(`/users/${client.clientId}`)).status).toBe(404);
  });
});

function without(body: Json, ...members: string[]): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !members.includes(name)));
}
