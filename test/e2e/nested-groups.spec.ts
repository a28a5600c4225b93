import { describe, expect, it } from 'vitest';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { AdminApi, faultsOf, itemsOf, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName } from '../support/given.js';

onEveryDatabase('groups that contain groups', (running) => {
  async function twoGroups() {
    const api = await AdminApi.of(running.service);
    const [inner, outer] = [uniqueName('inner'), uniqueName('outer')];
    await api.made('/groups', { name: inner });
    const made = await api.made('/groups', { name: outer, member_groups: [inner] });
    return { api, inner, outer, path: `/groups/${String(made['id'])}` };
  }

  it('count the members of these as their own, wherever groups are read', async () => {
    const { api, inner, outer, path } = await twoGroups();
    const alice = await aUser(running.service, { groups: [inner] });
    expect((await api.get(path)).body).toMatchObject({ name: outer, member_groups: [inner] });
    const user = (await api.get(`/users/${alice.id}`)).body;
    expect(user).toMatchObject({ groups: [inner], effective_groups: [inner, outer] });
    for (const group of [inner, outer]) {
      const { body } = await api.get('/users', { group });
      expect(itemsOf(body).map(({ id }) => id)).toEqual([alice.id]);
    }
    const changed = await api.patch(`/users/${alice.id}`, { effective_groups: [] });
    expect([changed.status, pointersOf(changed)]).toEqual([422, ['#/effective_groups']]);
  });

  it('list somebody who is in both only once', async () => {
    const { api, inner, outer } = await twoGroups();
    const alice = await aUser(running.service, { groups: [inner, outer] });
    expect((await api.all('/users', { group: outer })).map(({ id }) => id)).toEqual([alice.id]);
  });

  it('take effect at once when the inner group leaves: refresh, introspection and userinfo', async () => {
    const { api, inner, outer, path } = await twoGroups();
    const bare = new BareClient(running.service, await aClient(running.service, { allowedGroups: [outer] }));
    const alice = await aUser(running.service, { groups: [inner] });
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid offline_access' });
    expect((await bare.introspect(tokens.accessToken)).body['active']).toBe(true);
    expect((await api.patch(path, { member_groups: [] })).body['member_groups']).toEqual([]);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
  });

  it('go with one of the two, and leave the other', async () => {
    const { api, inner, outer, path } = await twoGroups();
    const [{ id } = {}] = itemsOf((await api.get('/groups', { q: inner })).body);
    expect((await api.delete(`/groups/${String(id)}`)).status).toBe(204);
    expect((await api.get(path)).body).toMatchObject({ name: outer, member_groups: [] });
  });

  describe('are nested once', () => {
    it.each([
      ['itself', ({ outer }: Names) => [outer], '#/member_groups/0', 'is the group itself'],
      ['one that nobody made', () => ['nobody made it'], '#/member_groups/0', 'is not the name of a group'],
      ['one that contains groups', ({ outer }: Names) => [outer], '#/member_groups/0', 'nested once'],
    ])('so that none contains %s', async (what, members, pointer, detail) => {
      const { api, ...names } = await twoGroups();
      const name = what === 'itself' ? names.outer : uniqueName('third');
      const made = what === 'itself' ? undefined : await api.made('/groups', { name });
      const path = made === undefined ? names.path : `/groups/${String(made['id'])}`;
      const refused = await api.patch(path, { member_groups: members(names) });
      expect(refused.status).toBe(422);
      expect(faultsOf(refused)).toEqual([{ pointer, detail: expect.stringContaining(detail) as string }]);
      if (made === undefined) return;
      const another = await api.post('/groups', { name: uniqueName('fourth'), member_groups: members(names) });
      expect([another.status, pointersOf(another)]).toEqual([422, [pointer]]);
    });

    it('so that one within another contains none, and there are no cycles', async () => {
      const { api, inner, outer } = await twoGroups();
      const [{ id } = {}] = itemsOf((await api.get('/groups', { q: inner })).body);
      const other = uniqueName('other');
      await api.made('/groups', { name: other });
      for (const members of [[outer], [other]]) {
        const refused = await api.patch(`/groups/${String(id)}`, { member_groups: members });
        expect(refused.status).toBe(422);
        expect(pointersOf(refused)).toContain('#/member_groups');
      }
      expect((await api.get(`/groups/${String(id)}`)).body['member_groups']).toEqual([]);
    });

    it('also when two administrators nest the same group both ways at once', async () => {
      const api = await AdminApi.of(running.service);
      const names = [uniqueName('a'), uniqueName('b'), uniqueName('c')];
      const ids: string[] = [];
      for (const name of names) ids.push(String((await api.made('/groups', { name }))['id']));
      const [a = '', b = ''] = ids;
      const answers = await Promise.all([
        api.patch(`/groups/${a}`, { member_groups: [names[1]] }),
        api.patch(`/groups/${b}`, { member_groups: [names[2]] }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    });

    it('which dry_run tells too, and writes nothing', async () => {
      const { api, outer } = await twoGroups();
      const name = uniqueName('dry');
      const refused = await api.post('/groups?dry_run=true', { name, member_groups: [outer] });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/member_groups/0']]);
      expect(itemsOf((await api.get('/groups', { q: name })).body)).toEqual([]);
    });
  });

  describe('make no administrators', () => {
    it('as the group of these contains none (attack: groups:write as a way to every right)', async () => {
      const { api, inner } = await twoGroups();
      const groups = await AdminApi.of(running.service, ['groups:read', 'groups:write']);
      const refused = await groups.patch(`/groups/${ADMINISTRATORS_GROUP}`, { member_groups: [inner] });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/member_groups']]);
      expect((await api.get(`/groups/${ADMINISTRATORS_GROUP}`)).body['member_groups']).toEqual([]);
    });

    it('though it may be within another', async () => {
      const api = await AdminApi.of(running.service);
      const name = uniqueName('everybody');
      await api.made('/groups', { name, member_groups: [ADMINISTRATORS_GROUP] });
      const boss = await aUser(running.service, { groups: [ADMINISTRATORS_GROUP] });
      expect((await api.get(`/users/${boss.id}`)).body['effective_groups']).toContain(name);
      const alice = await aUser(running.service, { groups: [name] });
      expect((await api.get(`/users/${alice.id}`)).body['effective_groups']).toEqual([name]);
    });
  });
});

interface Names {
  readonly inner: string;
  readonly outer: string;
}
