import { expect, it } from 'vitest';
import { AdminApi, itemsOf, nextOf, pointersOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { uniqueName } from '../support/given.js';

onEveryDatabase('searching the lists of the admin API', (running) => {
  const found = async (api: AdminApi, path: string, key: string, query: Readonly<Record<string, string>>) =>
    (await api.all(path, query)).map((item) => String(item[key])).sort();

  it('finds clients by a part of name or id, whatever the case, and by status', async () => {
    const api = await AdminApi.of(running.service);
    const mark = uniqueName('mark');
    const redirect_uris = ['https://rp.example/cb'];
    const [byName, byId, other] = [`a-${uniqueName('x')}`, `B-${mark.toUpperCase()}-id`, uniqueName('other')];
    await api.made('/clients', { client_id: byName, client_name: `Größe ${mark} Ｄｅｓｋ`, redirect_uris });
    await api.made('/clients', { client_id: byId, redirect_uris, status: 'disabled' });
    await api.made('/clients', { client_id: other, client_name: 'Unmarked', redirect_uris });
    expect(await found(api, '/clients', 'client_id', { q: mark.toUpperCase() })).toEqual([byId, byName].sort());
    expect(await found(api, '/clients', 'client_id', { q: `GRÖSSE ${mark} desk` })).toEqual([]);
    expect(await found(api, '/clients', 'client_id', { q: `GRÖßE ${mark} desk` })).toEqual([byName]);
    expect(await found(api, '/clients', 'client_id', { q: mark, status: 'disabled' })).toEqual([byId]);
    expect(await found(api, '/clients', 'client_id', { q: mark, status: 'active' })).toEqual([byName]);
    await api.patch(`/clients/${byName}`, { client_name: 'Renamed' });
    expect(await found(api, '/clients', 'client_id', { q: mark })).toEqual([byId]);
  });

  it('finds users by a part of user name, e-mail address or name, with group and status', async () => {
    const api = await AdminApi.of(running.service);
    const mark = uniqueName('mark');
    const group = uniqueName('group');
    await api.made('/groups', { name: group });
    const [one, two, three] = [`one-${mark}`, uniqueName('two'), uniqueName('three')];
    await api.made('/users', { username: one, groups: [group] });
    await api.made('/users', { username: two, email: `Two.${mark}@corp.example`, status: 'disabled' });
    await api.made('/users', { username: three, name: `Three ${mark.toUpperCase()}`, groups: [group] });
    await api.made('/users', { username: uniqueName('four'), nickname: mark });
    expect(await found(api, '/users', 'username', { q: mark })).toEqual([one, two, three].sort());
    expect(await found(api, '/users', 'username', { q: mark, group })).toEqual([one, three].sort());
    expect(await found(api, '/users', 'username', { q: mark, status: 'disabled' })).toEqual([two]);
    expect(await found(api, '/users', 'username', { q: mark, group, status: 'disabled' })).toEqual([]);
  });

  it('finds groups by a part of their name', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('Vertrieb Süd');
    await api.made('/groups', { name });
    expect(await found(api, '/groups', 'name', { q: name.toUpperCase().slice(4) })).toEqual([name]);
  });

  it.each(['%', '_', '\\', "'", '"', '%25', '*', 'a%b', "' OR 1=1 --"])('takes %j as it is', async (special) => {
    const api = await AdminApi.of(running.service);
    const mark = uniqueName('m');
    const name = `x${special}y ${mark}`;
    await api.made('/groups', { name });
    await api.made('/groups', { name: `x-y ${mark}` });
    expect(await found(api, '/groups', 'name', { q: `x${special}y ${mark}` })).toEqual([name]);
    expect(await found(api, '/groups', 'name', { q: `${special}y ${mark}` })).toEqual([name]);
  });

  it('keeps pages stable: each item once, in one order, though others come in between', async () => {
    const api = await AdminApi.of(running.service);
    const mark = uniqueName('mark');
    const make = (index: number) => {
      running.service.clock.advance('1s');
      return api.made('/groups', { name: `${mark} ${index}` });
    };
    for (let index = 0; index < 5; index += 1) {
      await make(index);
      await api.made('/groups', { name: uniqueName('between') });
    }
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { body } = await api.get('/groups', { q: mark, limit: '2', ...(cursor === '' ? {} : { cursor }) });
      seen.push(...itemsOf(body).map(({ name }) => String(name)));
      if (seen.length === 2) await make(5);
      cursor = nextOf(body);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((index) => `${mark} ${index}`));
  });

  it.each([
    ['q', ''],
    ['q', ' '],
    ['q', 'x'.repeat(256)],
    ['status', 'gone'],
    ['status', 'ACTIVE'],
  ])('refuses a bad %s: %j', async (name, value) => {
    const api = await AdminApi.of(running.service);
    for (const path of ['/clients', '/users']) {
      const answer = await api.get(path, { [name]: value });
      expect([answer.status, pointersOf(answer)]).toEqual([422, [`#/${name}`]]);
    }
    expect((await api.get('/scopes', { [name]: value })).status).toBe(422);
  });
});
