import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { SeedService } from '#admin/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-last-owner-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

onEveryDatabase('the last active owner', (running) => {
  let last: GivenUser;
  const users = () => running.service.app.get(UsersService, { strict: false });

  beforeEach(async () => {
    const { items } = await users().list({}, { limit: 200 });
    last = await aUser(running.service, { adminRole: 'owner' });
    for (const { id, adminRole } of items) if (adminRole === 'owner') await users().update(id, { adminRole: null });
    await aUser(running.service, { adminRole: 'owner', status: 'disabled' });
  });

  const standsAsBefore = async (): Promise<void> => {
    expect(await users().find(last.id)).toMatchObject({ adminRole: 'owner', status: 'active' });
  };

  async function signedIn(user: GivenUser): Promise<UserAgent> {
    const browser = aBrowser(running.service);
    await signIn(browser, await browser.visit('/sign-in'), user);
    return browser;
  }

  it('is ended by no change, no deletion and no file of users', async () => {
    const api = await AdminApi.of(running.service);
    for (const change of [{ admin_role: null }, { admin_role: 'auditor' }, { status: 'disabled' }]) {
      expect((await api.patch(`/users/${last.id}`, change)).status, JSON.stringify(change)).toBe(409);
    }
    expect((await api.delete(`/users/${last.id}`)).status).toBe(409);
    const imported = await api.post('/user-imports?on_conflict=update', {
      users: [{ username: last.username, status: 'disabled' }],
    });
    expect(imported.body['lines']).toMatchObject([{ outcome: 'failed' }] satisfies Json[]);
    await standsAsBefore();
  });

  it('does not delete the own account', async () => {
    await running.service.app
      .get(CompanySettingsService, { strict: false })
      .change({ accountDeletion: 'self-service' });
    const browser = await signedIn(last);
    const page = await browser.visit('/account/delete');
    expect((await browser.submit(page, '#delete-account', { confirm: ['yes'] })).status).toBe(422);
    await standsAsBefore();
  });

  it('is not ended by a seed, which says so', async () => {
    const file = join(folder, `${last.id}.json`);
    writeFileSync(file, JSON.stringify({ users: [{ username: last.username, status: 'disabled' }] }));
    await expect(running.service.app.get(SeedService, { strict: false }).apply(file)).rejects.toThrow(
      'last active owner',
    );
    await standsAsBefore();
  });

  it('stays also when the last two are ended at once, one by deletion and one by a change', async () => {
    const other = await aUser(running.service, { adminRole: 'owner' });
    const api = await AdminApi.of(running.service);
    await api.token();
    const answers = await Promise.all([
      api.delete(`/users/${last.id}`),
      api.patch(`/users/${other.id}`, { status: 'disabled' }),
    ]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    const { items } = await users().list({ status: 'active' }, { limit: 200 });
    expect(items.filter(({ adminRole }) => adminRole === 'owner')).toHaveLength(1);
  });
});
