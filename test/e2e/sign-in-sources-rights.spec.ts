import { expect, it } from 'vitest';
import { FederatedIdentities } from '#federation/index.js';
import { Database } from '#platform/database/index.js';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { aPerson, type Person } from '../support/admin-person.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';

const ADMINISTRATOR = { groups: [ADMINISTRATORS_GROUP] };
const OWNER = { adminRole: 'owner' } as const;
const ONLY_OWNERS = 'Only an owner changes owners.';

onEveryDatabase('rights over where people sign in', (running) => {
  const aProvider = async (): Promise<Json> =>
    (await AdminApi.of(running.service)).made('/identity-providers', {
      preset: 'google',
      slug: uniqueName('google'),
      client_id: 'gatehouse.apps.example',
      client_secret: 'a-secret-that-only-both-know',
    });

  const aDirectory = async (): Promise<Json> =>
    (await AdminApi.of(running.service)).made('/directories', {
      name: uniqueName('directory'),
      urls: ['ldaps://directory.corp.example'],
      bind_dn: 'cn=searcher,dc=corp,dc=example',
      bind_password: 'a-password-for-searching',
      base_dn: 'dc=corp,dc=example',
    });

  const comesThrough = (provider: Json, userId: string): Promise<void> =>
    running.service.app.get(FederatedIdentities, { strict: false }).link(
      {
        providerId: String(provider['id']),
        issuer: 'https://accounts.google.com',
        subject: uniqueName('subject'),
        claims: {},
        groups: [],
        amr: [],
      },
      userId,
    );

  const comesFrom = async (directory: Json, userId: string): Promise<void> => {
    const row = { userId, directoryId: String(directory['id']), stableId: uniqueName('stable'), disabledThere: false };
    const { dataSource } = running.service.app.get(Database, { strict: false });
    await dataSource.getRepository('DirectoryAccountEntity').insert(row);
  };

  const changesAndDeletes = async (person: Person, path: string, change: object) => {
    const answers = [await person.send('PATCH', path, change), await person.send('DELETE', path)];
    return answers.map(({ status, body }) => (status < 300 ? status : body['detail']));
  };

  it('a provider that lets an owner in is changed by owners alone', async () => {
    const { service } = running;
    const provider = await aProvider();
    await comesThrough(provider, (await aUser(service, OWNER)).id);
    const path = `/identity-providers/${String(provider['id'])}`;
    const administrator = await aPerson(service, ADMINISTRATOR);
    expect(await changesAndDeletes(administrator, path, { client_id: 'mine' })).toEqual([ONLY_OWNERS, ONLY_OWNERS]);
    expect(await changesAndDeletes(await aPerson(service, OWNER), path, { client_id: 'ours' })).toEqual([200, 204]);
  });

  it('a directory that an owner comes from, too', async () => {
    const { service } = running;
    const directory = await aDirectory();
    await comesFrom(directory, (await aUser(service, OWNER)).id);
    const path = `/directories/${String(directory['id'])}`;
    const change = { name: uniqueName('mine') };
    const administrator = await aPerson(service, ADMINISTRATOR);
    expect(await changesAndDeletes(administrator, path, change)).toEqual([ONLY_OWNERS, ONLY_OWNERS]);
    expect(await changesAndDeletes(await aPerson(service, OWNER), path, change)).toEqual([200, 204]);
  });

  it('those of everybody else of the administration want every admin scope', async () => {
    const { service } = running;
    const [provider, directory] = [await aProvider(), await aDirectory()];
    await comesThrough(provider, (await aUser(service, { adminRole: 'help_desk' })).id);
    await comesFrom(directory, (await aUser(service, ADMINISTRATOR)).id);
    const limited = await AdminApi.of(service, ['identity-providers:read', 'identity-providers:write']);
    const administrator = await aPerson(service, ADMINISTRATOR);
    for (const path of [`/identity-providers/${String(provider['id'])}`, `/directories/${String(directory['id'])}`]) {
      expect((await limited.patch(path, {})).status).toBe(403);
      expect((await limited.delete(path)).status).toBe(403);
      expect((await administrator.send('DELETE', path)).status).toBe(204);
    }
  });

  it('those of people without a part in the administration do not', async () => {
    const { service } = running;
    const [provider, directory] = [await aProvider(), await aDirectory()];
    await comesThrough(provider, (await aUser(service)).id);
    await comesFrom(directory, (await aUser(service)).id);
    const limited = await AdminApi.of(service, ['identity-providers:read', 'identity-providers:write']);
    expect((await limited.delete(`/identity-providers/${String(provider['id'])}`)).status).toBe(204);
    expect((await limited.delete(`/directories/${String(directory['id'])}`)).status).toBe(204);
  });
});
