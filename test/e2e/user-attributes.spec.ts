import { describe, expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { UserAttributes } from '#users/index.js';
import { AdminApi, itemsOf, pointersOf, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';

let counter = 0;

/** The name of an attribute that nobody declared yet. */
function unused(kind: string): string {
  counter += 1;
  return `${kind}_${counter}_${uniqueName('x').replace(/\W/g, '')}`;
}

onEveryDatabase('attributes of users over REST', (running) => {
  async function anAttribute(wish: Json = {}) {
    const api = await AdminApi.of(running.service);
    const name = unused('badge');
    const made = await api.made('/user-attributes', { name, type: 'string', title: 'Badge', ...wish });
    return { api, name, path: `/user-attributes/${name}`, made };
  }

  const own = () => running.service.app.get(UserAttributes, { strict: false });

  it('are declared, read, changed and deleted', async () => {
    const { api, name, path, made } = await anAttribute({
      visible_to: 'user',
      editable_by: 'user',
      description: 'On your card',
      translations: { 'zh-CN': { title: '工牌' } },
      min_length: 2,
    });
    expect(made).toMatchObject({ name, type: 'string', list: false, required: false, unique: false, min_length: 2 });
    expect((await api.get(path)).body).toEqual(made);
    const listed = await api.all('/user-attributes');
    expect(listed.map((one) => one['name'])).toContain(name);
    const changed = await api.patch(path, { title: 'Card', min_length: null, translations: null });
    expect(changed.body).toMatchObject({ title: 'Card', visible_to: 'user' });
    expect(changed.body).not.toHaveProperty('min_length');
    expect(changed.body).not.toHaveProperty('translations');
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.delete(path)).status).toBe(404);
    expect((await api.get(path)).status).toBe(404);
  });

  it('are declared by whoever may change users, in full', async () => {
    const { api, name, path } = await anAttribute();
    expect((await api.post('/user-attributes', { name, type: 'string', title: 'Again' })).status).toBe(409);
    const reader = await AdminApi.of(running.service, ['users:read']);
    expect((await reader.post('/user-attributes', { name: unused('a'), type: 'string', title: 'A' })).status).toBe(403);
    for (const [patch, pointer] of [
      [{ name: 'other' }, '#/name'],
      [{ type: 'number' }, '#/type'],
      [{ list: true }, '#/list'],
      [{ unique: true }, '#/unique'],
      [{ unknown: 1 }, '#/unknown'],
      [{ editable_by: 'user' }, '#/editable_by'],
      [{ translations: { de: { title: 1 } } }, '#/translations'],
      [{ translations: { de: { title: 'x', other: 1 } } }, '#/translations'],
    ] as const) {
      const refused = await api.patch(path, patch);
      expect([refused.status, pointersOf(refused)], JSON.stringify(patch)).toEqual([422, [pointer]]);
    }
    const nothing = await api.post('/user-attributes', {});
    expect(pointersOf(nothing)).toEqual(['#/name', '#/title', '#/type']);
  });

  it('have values that users bear, each by its own rules', async () => {
    const { api, name } = await anAttribute({ type: 'number', minimum: 1, list: true });
    const username = uniqueName('alice');
    const user = await api.made('/users', { username, attributes: { [name]: [1, 2.5] } });
    const path = `/users/${String(user['id'])}`;
    expect(user['attributes']).toEqual({ [name]: [1, 2.5] });
    expect((await api.get(path)).body).toEqual(user);
    expect(itemsOf((await api.get('/users', { q: username })).body)).toEqual([user]);
    const changed = await api.patch(path, { attributes: { [name]: [3] } });
    expect(changed.body['attributes']).toEqual({ [name]: [3] });
    expect(changed.body['updated_at']).not.toBe(user['updated_at']);
    expect((await api.patch(path, { nickname: 'Ali' })).body['attributes']).toEqual({ [name]: [3] });
    for (const value of [0, [0], ['1'], [], {}, 'x']) {
      const refused = await api.patch(path, { attributes: { [name]: value } });
      expect([refused.status, pointersOf(refused)]).toEqual([422, [`#/attributes/${name}`]]);
    }
    expect((await api.patch(path, { attributes: { [name]: null } })).body).not.toHaveProperty('attributes');
    expect((await api.patch(path, { attributes: { [name]: [4] } })).body['attributes']).toEqual({ [name]: [4] });
    expect((await api.patch(path, { attributes: null })).body).not.toHaveProperty('attributes');
  });

  it('take nothing that is not declared (attack: members slipped in beside)', async () => {
    const api = await AdminApi.of(running.service);
    const username = uniqueName('mallory');
    for (const attributes of [{ undeclared: 1 }, { __proto__x: 1 }, { 'a/b~c': true }, { constructor: 'x' }]) {
      const refused = await api.post('/users', { username, attributes });
      expect(refused.status).toBe(422);
      expect(pointersOf(refused)[0]).toMatch(/^#\/attributes\//);
    }
    expect((await api.post('/users', { username, attributes: [] })).status).toBe(422);
    expect((await api.post('/users', { username, attributes: 'x' })).status).toBe(422);
    expect(itemsOf((await api.get('/users', { q: username })).body)).toEqual([]);
  });

  it('belong to one user only where they are declared unique, however they are written', async () => {
    const { api, name } = await anAttribute({ unique: true });
    const alice = await api.made('/users', { username: uniqueName('alice'), attributes: { [name]: 'AB-1' } });
    const bob = await api.made('/users', { username: uniqueName('bob') });
    const refused = await api.patch(`/users/${String(bob['id'])}`, { attributes: { [name]: 'ab-1' } });
    expect([refused.status, pointersOf(refused)]).toEqual([409, [`#/attributes/${name}`]]);
    const again = await api.post('/users', { username: uniqueName('carol'), attributes: { [name]: 'AB-1' } });
    expect([again.status, pointersOf(again)]).toEqual([409, [`#/attributes/${name}`]]);
    expect((await api.patch(`/users/${String(alice['id'])}`, { attributes: { [name]: 'ab-1' } })).status).toBe(200);
    await api.delete(`/users/${String(alice['id'])}`);
    expect((await api.patch(`/users/${String(bob['id'])}`, { attributes: { [name]: 'AB-1' } })).status).toBe(200);
  });

  it('are there when they are required: given at first, and never taken away', async () => {
    const { api, name, path } = await anAttribute({ required: true });
    const missing = await api.post('/users', { username: uniqueName('alice') });
    expect([missing.status, pointersOf(missing)]).toEqual([422, [`#/attributes/${name}`]]);
    const user = await api.made('/users', { username: uniqueName('alice'), attributes: { [name]: 'x' } });
    const gone = await api.patch(`/users/${String(user['id'])}`, { attributes: { [name]: null } });
    expect([gone.status, pointersOf(gone)]).toEqual([422, [`#/attributes/${name}`]]);
    const before = await aUser(running.service);
    expect((await api.patch(`/users/${before.id}`, { nickname: 'Ali' })).status).toBe(200);
    expect((await api.delete(path)).status).toBe(204);
  });

  it('go with their declaration, so that a new one of the same name starts empty', async () => {
    const { api, name, path } = await anAttribute();
    const user = await api.made('/users', { username: uniqueName('alice'), attributes: { [name]: 'secret' } });
    expect((await api.delete(path)).status).toBe(204);
    const rows = running.service.app.get(Database, { strict: false }).dataSource;
    const values: object[] = await rows.query('SELECT * FROM user_attribute_value WHERE user_id = ?', [user['id']]);
    expect(values).toEqual([]);
    await api.made('/user-attributes', { name, type: 'string', title: 'Badge' });
    expect((await api.get(`/users/${String(user['id'])}`)).body).not.toHaveProperty('attributes');
  });

  describe('are seen and edited by those they are declared for', () => {
    it('so that nobody sees over REST what only programs use', async () => {
      const { api, name } = await anAttribute({ visible_to: 'nobody', editable_by: 'nobody' });
      const alice = await aUser(running.service, { attributes: { [name]: 'for programs' } });
      expect((await api.get(`/users/${alice.id}`)).body).not.toHaveProperty('attributes');
      const refused = await api.patch(`/users/${alice.id}`, { attributes: { [name]: 'x' } });
      expect([refused.status, pointersOf(refused)]).toEqual([422, [`#/attributes/${name}`]]);
      expect((await api.patch(`/users/${alice.id}`, { attributes: {} })).status).toBe(200);
      expect(await own().of(alice.id)).toMatchObject({ [name]: 'for programs' });
    });

    it('by users their own, and nothing else (attack: a user who edits what administrators decide)', async () => {
      const mine = await anAttribute({ visible_to: 'user', editable_by: 'user' });
      const shown = await anAttribute({ visible_to: 'user' });
      const hidden = await anAttribute();
      const attributes = { [shown.name]: 'shown', [hidden.name]: 'hidden' };
      const alice = await aUser(running.service, { attributes });
      const seen = await own().seenBy('user', [alice.id]);
      expect(seen.get(alice.id)).toEqual({ [shown.name]: 'shown' });
      const names = (await own().visibleTo('user')).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([mine.name, shown.name]));
      expect(names).not.toContain(hidden.name);
      expect((await own().editableBy('user')).map(({ name }) => name)).toContain(mine.name);

      expect(await own().change(alice.id, { [mine.name]: 'blue' }, 'user')).toEqual({ outcome: 'changed' });
      for (const { name } of [shown, hidden]) {
        expect(await own().change(alice.id, { [mine.name]: 'red', [name]: 'forged' }, 'user')).toEqual({
          outcome: 'invalid',
          problems: [{ pointer: `#/attributes/${name}`, detail: 'is not yours to change' }],
        });
      }
      expect(await own().change(alice.id, { undeclared: 1 }, 'user')).toMatchObject({ outcome: 'invalid' });
      expect(await own().change('nobody', { [mine.name]: 'x' }, 'user')).toEqual({ outcome: 'unknown' });
      expect(await own().of(alice.id)).toMatchObject({ ...attributes, [mine.name]: 'blue' });
    });

    it('and one value to one user, also when two take it at the same time', async () => {
      const { name } = await anAttribute({ visible_to: 'user', editable_by: 'user', unique: true });
      const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
      const outcomes = await Promise.all([alice, bob].map(({ id }) => own().change(id, { [name]: 'the one' }, 'user')));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'taken']);
    });
  });
});
