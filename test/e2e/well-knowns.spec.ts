import { expect, it } from 'vitest';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';

onEveryDatabase('what programs look for at the same place of every site (RFC 8615 §3)', (running) => {
  const get = (path: string) => fetch(running.service.url(path), { redirect: 'manual' });

  it('is where passwords are changed (W3C Change Password URL §2)', async () => {
    const answer = await get('/.well-known/change-password');
    expect([302, 303]).toContain(answer.status);
    expect(new URL(answer.headers.get('location') ?? '', running.service.issuer).pathname).toBe('/account/password');
  });

  it('is whom to tell of a weakness, once an administrator has said so (RFC 9116 §2.5, §3)', async () => {
    const api = await AdminApi.of(running.service);
    expect((await get('/.well-known/security.txt')).status).toBe(404);
    const contact = 'mailto:security@acme.example';
    await api.patch('/settings', { security_contact: contact, security_policy_uri: 'https://acme.example/security' });
    const answer = await get('/.well-known/security.txt');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const fields = new Map(
      (await answer.text())
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ') as [string, string]),
    );
    expect([...fields.keys()]).toEqual(['Contact', 'Expires', 'Preferred-Languages', 'Canonical', 'Policy']);
    expect(fields.get('Contact')).toBe(contact);
    expect(fields.get('Canonical')).toBe(running.service.url('/.well-known/security.txt'));
    const days = (Date.parse(fields.get('Expires') ?? '') - running.service.clock.now().getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(80);
    expect(days).toBeLessThan(365);
    await api.patch('/settings', { security_contact: null, security_policy_uri: null });
    expect((await get('/.well-known/security.txt')).status).toBe(404);
  });

  it.each(['http://acme.example', 'javascript:alert(1)', 'security@acme.example', 'mailto:a@b\nPolicy: x', 'mailto:'])(
    'takes no %j for whom to tell (attack: lines slipped in)',
    async (security_contact) => {
      const refused = await (await AdminApi.of(running.service)).patch('/settings', { security_contact });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/security_contact']]);
    },
  );
});
