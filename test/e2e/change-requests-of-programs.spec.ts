import { beforeEach, expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { aPerson, type Person } from '../support/admin-person.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aMachine, CALLBACK } from '../support/given.js';

const OWNER = { adminRole: 'owner' } as const;
const ADMINISTRATOR = { groups: ['administrators'] };

onEveryDatabase('changes that a program asks for and that need two people', (running) => {
  const fourEyes = (on: boolean) =>
    running.service.app.get(CompanySettingsService, { strict: false }).change({ fourEyes: on });

  const machine = (): Json => ({
    ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
    ...{ scope: ADMIN_SCOPES.join(' '), default_resource: `${running.service.issuer}/api/v1` },
  });

  beforeEach(() => fourEyes(false));

  /** A token of the program for itself. */
  const tokenOf = async (clientId: unknown, clientSecret: unknown): Promise<string> => {
    const client = { clientId: String(clientId), clientSecret: String(clientSecret), redirectUri: CALLBACK };
    const bare = new BareClient(running.service, { ...client, method: 'client_secret_basic' });
    return String((await bare.ownToken()).body['access_token']);
  };

  /** What somebody with a program's token asks for, where it is decided. */
  const asked = async (token: string): Promise<string> => {
    await fourEyes(true);
    const [api, { clientId }] = [await AdminApi.of(running.service, []), await aClient(running.service)];
    const answer = await api.send('PATCH', `/clients/${clientId}`, {
      authorization: `Bearer ${token}`,
      body: JSON.stringify({ redirect_uris: ['https://elsewhere.example/cb'] }),
      type: 'application/json',
    });
    expect(answer.status, answer.text).toBe(202);
    return `/change-requests/${String(answer.body['id'])}`;
  };

  const approved = (person: Person, at: string): Promise<Answer> => person.send('POST', `${at}/approve`);

  it('are approved by nobody who made the program, or a secret of it', async () => {
    const { service } = running;
    const [owner, boss] = [await aPerson(service, OWNER), await aPerson(service, ADMINISTRATOR)];
    const made = await owner.send('POST', '/clients', machine());
    const at = await asked(await tokenOf(made.body['client_id'], made.body['client_secret']));
    for (const decision of ['approve', 'reject']) {
      const refused = await owner.send('POST', `${at}/${decision}`);
      expect([refused.status, refused.body['detail']]).toEqual([403, expect.stringContaining('have a hand')]);
    }
    expect((await approved(boss, at)).status).toBe(200);

    const { clientId } = await aMachine(service, ADMIN_SCOPES, { defaultResource: `${service.issuer}/api/v1` });
    const secret = await owner.send('POST', `/clients/${clientId}/secrets`);
    const token = await tokenOf(clientId, secret.body['client_secret']);
    expect((await owner.send('DELETE', `/clients/${clientId}/secrets/${String(secret.body['id'])}`)).status).toBe(204);
    const second = await asked(token);
    await fourEyes(false);
    expect((await owner.send('DELETE', `/clients/${clientId}`)).status).toBe(204);
    expect((await approved(owner, second)).status).toBe(403);
    expect((await approved(boss, second)).status).toBe(200);
  });

  it('are approved by nobody who looks after the program, nor by way of another program of theirs', async () => {
    const { service } = running;
    const [owner, boss] = [await aPerson(service, OWNER), await aPerson(service, ADMINISTRATOR)];
    const defaultResource = `${service.issuer}/api/v1`;
    const looked = await aMachine(service, ADMIN_SCOPES, { defaultResource, owner: boss.id });
    const at = await asked(await tokenOf(looked.clientId, looked.clientSecret));
    expect((await approved(boss, at)).status).toBe(403);
    expect((await approved(owner, at)).status).toBe(200);

    await fourEyes(false);
    const first = await owner.send('POST', '/clients', machine());
    const api = await AdminApi.of(service, []);
    const second = await api.send('POST', '/clients', {
      authorization: `Bearer ${await tokenOf(first.body['client_id'], first.body['client_secret'])}`,
      body: JSON.stringify(machine()),
      type: 'application/json',
    });
    expect(second.status).toBe(201);
    const last = await asked(await tokenOf(second.body['client_id'], second.body['client_secret']));
    expect((await approved(owner, last)).status).toBe(403);
    expect((await approved(boss, last)).status).toBe(200);
  });

  it('are approved by whoever had no hand in the program but to approve it', async () => {
    const { service } = running;
    const [owner, boss] = [await aPerson(service, OWNER), await aPerson(service, OWNER)];
    await fourEyes(true);
    const wanted = await owner.send('POST', '/clients', machine());
    const registered = await approved(boss, `/change-requests/${String(wanted.body['id'])}`);
    const clientId = String(registered.body['client_id']);
    const secret = await owner.send('POST', `/clients/${clientId}/secrets`);
    const at = await asked(await tokenOf(clientId, secret.body['client_secret']));
    expect((await approved(owner, at)).status).toBe(403);
    expect((await approved(boss, at)).status).toBe(200);
  });
});
