import { expect, it } from 'vitest';
import { Transactions } from '#platform/database/index.js';
import { SessionsService } from '#sessions/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen } from '../support/given.js';

onEveryDatabase('a session that is just ending', (running) => {
  it('lets nothing be issued that outlives it, also to a client that it has reached before', async () => {
    const { browser, client, alice } = await aSignInReadyToHappen(running.service);
    await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid offline_access' });
    const [sessions, transactions] = [SessionsService, Transactions].map((token) =>
      running.service.app.get<unknown>(token, { strict: false }),
    ) as [SessionsService, Transactions];
    const [session] = await sessions.listByUser(alice.id);
    if (session === undefined) throw new Error('there is no session');
    let goOn = (): void => undefined;
    const asked = new Promise<void>((resolve) => (goOn = resolve));
    let ended = (): void => undefined;
    const isEnded = new Promise<void>((resolve) => (ended = resolve));
    const ending = transactions.run(async () => {
      await sessions.end(session.id);
      ended();
      await asked;
    });
    await isEnded;
    const reached = transactions.run(() => sessions.reach(session.id, client.clientId, { held: true }));
    setTimeout(goOn, 200); // by then the other has looked
    await ending;
    expect(await reached).toBe(false);
  });
});
