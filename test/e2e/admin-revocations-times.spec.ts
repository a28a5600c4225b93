import { expect, it } from 'vitest';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, anApi, aUser, type GivenUser } from '../support/given.js';

/** A token without a row, and the client that may look whether it is active. */
interface Issued {
  readonly client: BareClient;
  readonly token: string;
}

onEveryDatabase('an end to what was issued in a time', (running) => {
  const now = (): string => running.service.clock.now().toISOString();

  async function machine(): Promise<BareClient> {
    const { identifier, scopes } = await anApi(running.service);
    return new BareClient(running.service, await aMachine(running.service, scopes, { defaultResource: identifier }));
  }

  async function ownToken(client: BareClient): Promise<Issued> {
    return { client, token: String((await client.ownToken()).body['access_token']) };
  }

  async function refreshed(client: BareClient, refreshToken: string): Promise<{ issued: Issued; next: string }> {
    const { body, text } = await client.refresh(refreshToken);
    const { access_token: token, refresh_token: next } = body;
    if (typeof token !== 'string' || typeof next !== 'string') throw new Error(`nothing but ${text}`);
    return { issued: { client, token }, next };
  }

  async function signIn(client: BareClient, user: GivenUser) {
    return client.signIn(aBrowser(running.service), user, { scope: 'openid offline_access' });
  }

  async function active(...issued: readonly Issued[]): Promise<readonly boolean[]> {
    const answers = [];
    for (const { client, token } of issued) answers.push((await client.introspect(token)).body['active'] === true);
    return answers;
  }

  async function revoke(selector: Json): Promise<unknown> {
    const begun = await (await AdminApi.of(running.service)).post('/jobs/revocations', selector);
    expect(begun.status, begun.text).toBe(201);
    await running.service.app.get(JobsService, { strict: false }).runNow('bulk-jobs');
    return (begun.body['result'] as Json)['all_issued_before'] ?? (begun.body['result'] as Json)['all_issued_within'];
  }

  it('ends tokens without rows of everybody until a moment, for introspection and user info, and no later ones', async () => {
    const [robot, web] = [await machine(), new BareClient(running.service, await aClient(running.service))];
    const [own, alice] = [await ownToken(robot), await signIn(web, await aUser(running.service))];
    const granted: Issued = { client: web, token: alice.accessToken };
    expect(await active(own, granted)).toEqual([true, true]);
    expect((await web.userinfo(alice.accessToken)).status).toBe(200);
    const until = now();
    running.service.clock.advance('2s');
    const later = [
      await ownToken(robot),
      { client: web, token: (await signIn(web, await aUser(running.service))).accessToken },
    ];
    expect(await revoke({ until })).toEqual({ company: until });
    expect(await active(own, granted)).toEqual([false, false]);
    expect((await web.userinfo(alice.accessToken)).status).toBe(401);
    expect(await active(...later)).toEqual([true, true]);
    expect((await web.userinfo(later[1]?.token ?? '')).status).toBe(200);
    expect((await web.refresh(alice.refreshToken)).status).toBe(400);
  });

  it('ends those of the time between and none before or after it, though their grant is older', async () => {
    const [robot, web] = [await machine(), new BareClient(running.service, await aClient(running.service))];
    const { accessToken, refreshToken } = await signIn(web, await aUser(running.service));
    const before: Issued[] = [await ownToken(robot), { client: web, token: accessToken }];
    running.service.clock.advance('10s');
    const since = now();
    const fresh = await refreshed(web, refreshToken);
    const within = [await ownToken(robot), fresh.issued];
    const until = now();
    running.service.clock.advance('10s');
    const after = [await ownToken(robot), (await refreshed(web, fresh.next)).issued];
    expect(await revoke({ since, until })).toEqual({ since, until });
    expect(await active(...before, ...within, ...after)).toEqual([true, true, false, false, true, true]);
  });

  it('ends those of one client or one user in a time, and neither their others nor those of others', async () => {
    const [robot, other] = [await machine(), await machine()];
    const web = new BareClient(running.service, await aClient(running.service));
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    const early = [await ownToken(robot), { client: web, token: (await signIn(web, alice)).accessToken }];
    running.service.clock.advance('10s');
    const since = now();
    const theirs = [await ownToken(robot), { client: web, token: (await signIn(web, alice)).accessToken }];
    const others = [await ownToken(other), { client: web, token: (await signIn(web, bob)).accessToken }];
    running.service.clock.advance('2s');
    const until = new Date(Date.parse(since) + 1000).toISOString();
    expect(await revoke({ client_id: robot.client.clientId, since, until })).toEqual({ since, until });
    await revoke({ user_id: alice.id, since, until });
    expect(await active(...theirs)).toEqual([false, false]);
    expect(await active(...early, ...others)).toEqual([true, true, true, true]);
  });

  it('forgets a time once nothing of it can be alive', async () => {
    const until = new Date(running.service.clock.now().getTime() - 3 * 3_600_000).toISOString();
    const robot = await machine();
    expect(await revoke({ until })).toEqual({ company: until });
    expect(await active(await ownToken(robot))).toEqual([true]);
  });
});
