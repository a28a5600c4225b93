import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { aPerson, type Person } from '../support/admin-person.js';
import type { Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';

const ADMINISTRATOR = { groups: [ADMINISTRATORS_GROUP] };
const OWNER = { adminRole: 'owner' } as const;
/** Of "seven red bicycles", by bcrypt 3.2.2 for Python. */
const BCRYPT = '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e';

onEveryDatabase('rights over those whom a file of users names', (running) => {
  const bring = (person: Person, ...users: Json[]): Promise<Answer> =>
    person.send('POST', '/user-imports?on_conflict=update', { users });
  const outcomes = ({ body }: Answer) => (body['lines'] as Json[] | undefined)?.map(({ outcome }) => outcome);
  const details = ({ body }: Answer) =>
    (body['lines'] as Json[]).flatMap(({ errors }) =>
      ((errors as Json[] | undefined) ?? []).map((one) => one['detail']),
    );
  const users = () => running.service.app.get(UsersService, { strict: false });
  const passwords = () => running.service.app.get(PasswordsService, { strict: false });

  it('are those of a change of each alone: only owners change owners, and nobody their own rank', async () => {
    const { service } = running;
    const administrator = await aPerson(service, ADMINISTRATOR);
    const [boss, colleague, plain] = [
      await aUser(service, OWNER),
      await aUser(service, ADMINISTRATOR),
      await aUser(service),
    ];
    const before = await users().find(boss.id);
    for (const change of [
      { password: 'fifteen grey scooters' },
      { password_hash: BCRYPT },
      { status: 'disabled' },
      { email: `${uniqueName('mallory')}@rp.example` },
      { groups: [] },
      { username: uniqueName('mallory'), id: boss.id },
    ]) {
      const answer = await bring(administrator, { username: boss.username, ...change });
      expect(outcomes(answer), JSON.stringify(change)).toEqual(['failed']);
      expect(details(answer)).toEqual(['Only an owner changes owners.']);
    }
    expect(await users().find(boss.id)).toEqual(before);
    expect(await passwords().matches(boss.id, boss.password)).toBe(true);
    const both = await bring(
      administrator,
      { username: colleague.username, name: 'A colleague' },
      { username: plain.username, password: 'sixteen grey scooters' },
    );
    expect(outcomes(both)).toEqual(['updated', 'updated']);
    const owner = await aPerson(service, OWNER);
    const self = await users().find(owner.id);
    const raised = await bring(owner, { username: self?.username, groups: [ADMINISTRATORS_GROUP] });
    expect(details(raised)).toEqual(['Nobody changes their own role.']);
    expect(outcomes(await bring(owner, { username: boss.username, name: 'The boss' }))).toEqual(['updated']);
  });

  it('need a fresh second factor of people (RFC 9470 §3), and nothing more of programs', async () => {
    const line = () => ({ username: uniqueName('plain') });
    const weak = await aPerson(running.service, ADMINISTRATOR, { weak: true });
    const refused = await bring(weak, line());
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_user_authentication"');
    const dry = await weak.send('POST', '/user-imports?dry_run=true', { users: [line()] });
    expect(dry.status).toBe(401);
    const api = await AdminApi.of(running.service, ['users:write']);
    expect(outcomes(await api.post('/user-imports', { users: [line()] }))).toEqual(['created']);
  });

  it('end nobody who is the last active owner', async () => {
    const { service } = running;
    const api = await AdminApi.of(service);
    const last = await aUser(service, OWNER);
    for (const { id } of await api.all('/users')) {
      const user = await users().find(String(id));
      if (user?.adminRole === 'owner' && user.id !== last.id) await users().update(user.id, { adminRole: null });
    }
    const answer = await api.post('/user-imports?on_conflict=update', {
      users: [{ username: last.username, status: 'disabled' }],
    });
    expect(answer.body['lines']).toMatchObject([
      {
        outcome: 'failed',
        errors: [{ pointer: '#/status', detail: expect.stringContaining('last active owner') as unknown }],
      },
    ]);
    expect(await users().find(last.id)).toMatchObject({ status: 'active' });
  });
});
