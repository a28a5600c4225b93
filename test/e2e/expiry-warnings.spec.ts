import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DirectoriesService, PRESET_DEFAULTS } from '#authentication/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { Metrics } from '#platform/observability/index.js';
import { AdminApi } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aUser, uniqueName } from '../support/given.js';
import { mailsTo } from '../support/mailbox.js';
import { measurements } from '../support/measurements.js';
import { privateAuthority } from '../support/private-authority.js';
import { startService } from '../support/start-service.js';

const DAY_MS = 86_400_000;
const GAUGE = 'gatehouse_secret_expiry_seconds{kind=client_secret}';

onEveryDatabase('secrets that run out', (running) => {
  const warn = () => running.service.app.get(JobsService, { strict: false }).runNow('expiry-warnings');

  it('are announced 30, 7 and 1 days before, once each, to contacts and administrators, and measured', async () => {
    const api = await AdminApi.of(running.service);
    const contact = `${uniqueName('owner')}@acme.example`;
    const boss = await aUser(running.service, { groups: ['administrators'] });
    const { clientId } = await aClient(running.service, {
      clientName: 'Payroll',
      contacts: [contact, 'Extension 4711', 'a@b, c@d'],
    });
    const end = new Date(running.service.clock.now().getTime() + 31 * DAY_MS);
    await api.made(`/clients/${clientId}/secrets`, { expires_at: end.toISOString() });
    await warn();
    expect(await mailsTo(running.service, contact)).toEqual([]);

    const counts: number[] = [];
    for (const days of [2, 0, 20, 4, 0, 4]) {
      running.service.clock.advance(`${days}d`);
      await warn();
      await warn();
      counts.push((await mailsTo(running.service, contact)).length);
    }
    expect(counts).toEqual([1, 1, 1, 2, 2, 3]);
    expect(await mailsTo(running.service, boss.claims.email ?? '')).toHaveLength(3);
    const [mail] = await mailsTo(running.service, contact);
    expect(mail?.subject).toBe('A secret of Payroll runs out');
    expect(mail?.text).toContain(clientId);
    const left = (await measurements(running.service)).get(GAUGE);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(DAY_MS / 1000);

    running.service.clock.advance('2d');
    await warn();
    expect(await mailsTo(running.service, contact)).toHaveLength(3);
    expect((await measurements(running.service)).has(GAUGE)).toBe(false);
  });

  it('are announced to the owner of the client too, once, unless they are disabled', async () => {
    const api = await AdminApi.of(running.service);
    const [owner, former] = [await aUser(running.service), await aUser(running.service, { status: 'disabled' })];
    for (const { id, claims } of [owner, former]) {
      const client = await api.made('/clients', {
        ...{ client_name: 'Owned', redirect_uris: ['https://rp.example/cb'] },
        ...{ owner: id, contacts: [`mailto:${String(claims.email).toUpperCase()}`] },
      });
      if (id === former.id) await api.patch(`/clients/${String(client['client_id'])}`, { contacts: [] });
      const expires_at = new Date(running.service.clock.now().getTime() + 5 * DAY_MS).toISOString();
      await api.made(`/clients/${String(client['client_id'])}/secrets`, { expires_at });
    }
    await warn();
    expect(await mailsTo(running.service, owner.claims.email ?? '')).toMatchObject([
      { subject: 'A secret of Owned runs out' },
    ]);
    expect(await mailsTo(running.service, former.claims.email ?? '')).toEqual([]);
    running.service.clock.advance('6d');
  });

  it('are announced of providers too, whose secrets administrators have dated', async () => {
    const api = await AdminApi.of(running.service);
    const boss = await aUser(running.service, { groups: ['administrators'] });
    const end = new Date(running.service.clock.now().getTime() + 6 * DAY_MS).toISOString();
    const body = {
      preset: 'google',
      client_id: 'ours',
      client_secret: 'a secret of theirs',
      client_secret_expires_at: end,
    };
    const made = await api.made('/identity-providers', { ...body, slug: uniqueName('google').toLowerCase() });
    expect(made['client_secret_expires_at']).toBe(end);
    await warn();
    await warn();
    const mails = await mailsTo(running.service, boss.claims.email ?? '');
    expect(mails.map(({ subject }) => subject)).toEqual(['A secret of Google runs out']);
    running.service.clock.advance('2m');
    const left = (await measurements(running.service)).get(
      'gatehouse_secret_expiry_seconds{kind=identity_provider_secret}',
    );
    expect(left).toBeGreaterThan(5 * 86_400);
    await api.delete(`/identity-providers/${String(made['id'])}`);
  });

  it('are not announced of clients that are disabled', async () => {
    const api = await AdminApi.of(running.service);
    const contact = `${uniqueName('owner')}@acme.example`;
    const { clientId } = await aClient(running.service, { contacts: [contact], status: 'disabled' });
    const end = new Date(running.service.clock.now().getTime() + DAY_MS / 2);
    await api.made(`/clients/${clientId}/secrets`, { expires_at: end.toISOString() });
    await warn();
    expect(await mailsTo(running.service, contact)).toEqual([]);
  });

  it('are announced too where a provider knows a key of ours, which administrators have dated', async () => {
    const api = await AdminApi.of(running.service);
    const boss = await aUser(running.service, { groups: ['administrators'] });
    const made = await api.made('/identity-providers', {
      ...{ preset: 'oidc', slug: uniqueName('keyed').toLowerCase(), title: 'Partner', client_id: 'ours' },
      ...{ issuer: 'https://partner.example', client_authentication: 'private_key_jwt' },
      client_secret_expires_at: new Date(running.service.clock.now().getTime() + 6 * DAY_MS).toISOString(),
    });
    await warn();
    const mails = await mailsTo(running.service, boss.claims.email ?? '');
    expect(mails.map(({ subject }) => subject)).toContain('A secret of Partner runs out');
    await api.delete(`/identity-providers/${String(made['id'])}`);
  });
});

it('certificates that run out are announced and measured: our own, those that are trusted, those of directories', async () => {
  const authority = await privateAuthority('localhost');
  const service = await startService({
    env: (port) => ({
      ISSUER: `https://localhost:${port}`,
      TLS_CERT_FILE: authority.certFile,
      TLS_KEY_FILE: authority.keyFile,
      OUTBOUND_CA_FILE: authority.caFile,
    }),
  });
  try {
    const boss = await aUser(service, { groups: ['administrators'] });
    const choices = {
      ...{
        name: 'Head office',
        preset: 'openldap' as const,
        enabled: true,
        urls: ['ldaps://ldap.example'],
        startTls: false,
      },
      ...{ baseDn: 'dc=example', ...PRESET_DEFAULTS.openldap, emailVerified: true, groups: {}, groupFilter: '' },
      ca: readFileSync(authority.caFile, 'utf8'),
    } as const;
    await service.app.get(DirectoriesService, { strict: false }).add(choices, undefined);
    const warn = () => service.app.get(JobsService, { strict: false }).runNow('expiry-warnings');
    await warn();
    await warn();
    const mails = await mailsTo(service, boss.claims.email ?? '');
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'A certificate of the directory Head office runs out',
      'A trusted certificate runs out',
      'The certificate of the sign-in service runs out',
    ]);
    expect(mails.map(({ text }) => text).join()).toContain('TLS_CERT_FILE');
    const text = await service.app.get(Metrics, { strict: false }).registry.metrics();
    for (const kind of ['tls_certificate', 'trusted_certificate', 'directory_certificate']) {
      expect(text).toMatch(new RegExp(`gatehouse_secret_expiry_seconds\\{kind="${kind}"\\} \\d+`));
    }
    service.clock.advance('3d');
    await warn();
    expect(await mailsTo(service, boss.claims.email ?? '')).toHaveLength(3);
  } finally {
    await service.close();
    authority.remove();
  }
});
