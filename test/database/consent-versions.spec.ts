import { expect, it } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { ConsentsRepository } from '../../src/consent/consents.repository.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aUser } from '../support/given.js';

onEveryDatabase('a consent of which nothing is left', (running) => {
  it('stays when something was approved since it was read', async () => {
    const { app } = running.service;
    const consents = app.get(ConsentService, { strict: false });
    const rows = app.get(ConsentsRepository, { strict: false });
    const [{ id: userId }, { clientId }] = [await aUser(running.service), await aClient(running.service)];
    await consents.give({ userId, clientId, scopes: ['profile'], givenBy: 'user' });
    const read = await rows.findFor(userId, clientId);
    if (read === undefined) throw new Error('there is no consent');
    await consents.give({ userId, clientId, scopes: ['email'], givenBy: 'user' });
    expect(await rows.removeAsRead(read)).toBe(false);
    expect((await consents.approved(userId, clientId)).map(({ scope }) => scope)).toEqual(['profile', 'email']);
    expect(await consents.narrow(userId, clientId, ['profile', 'email'])).toBe(true);
    expect(await rows.findFor(userId, clientId)).toBeUndefined();
  });
});
