import { expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { AdminApi } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';

onEveryDatabase('the settings of the company', (running) => {
  const DEFAULTS = { second_factor: 'optional', password_min_length: 15, password_min_length_with_second_factor: 8 };
  const scopes = ['settings:read', 'settings:write'];

  it('have defaults, and a member that is taken away has its default again (RFC 7396 §2)', async () => {
    const api = await AdminApi.of(running.service, scopes);
    expect((await api.get('/settings')).body).toMatchObject(DEFAULTS);
    const changed = await api.patch('/settings', { second_factor: 'required', password_min_length: 12 });
    expect(changed).toMatchObject({ status: 200, body: { second_factor: 'required', password_min_length: 12 } });
    expect((await api.patch('/settings', { second_factor: null })).body).toMatchObject({
      second_factor: 'optional',
      password_min_length: 12,
    });
    expect((await api.patch('/settings', { password_min_length: null })).body).toMatchObject(DEFAULTS);
  });

  it('are refused as a whole when one is unknown or out of its range (RFC 9457 §3)', async () => {
    const api = await AdminApi.of(running.service, scopes);
    const { status, body } = await api.patch('/settings', {
      second_factor: 'off',
      password_min_length: 7,
      colour: 'red',
    });
    expect(status).toBe(422);
    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort()).toEqual([
      '#/colour',
      '#/password_min_length',
    ]);
    expect((await api.get('/settings')).body).toMatchObject(DEFAULTS);
  });

  it('hold at once where they were changed', async () => {
    const api = await AdminApi.of(running.service, scopes);
    const settings = running.service.app.get(CompanySettingsService, { strict: false });
    expect((await settings.current()).secondFactor).toBe('optional');
    await api.patch('/settings', { second_factor: 'off' });
    expect((await settings.current()).secondFactor).toBe('off');
    await api.patch('/settings', { second_factor: null });
  });
});
