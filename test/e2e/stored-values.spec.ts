import { expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aClient, anApi, aUser } from '../support/given.js';

/** Everything that every table holds, as text. */
async function everyRow({ service }: Running): Promise<string> {
  const { dataSource } = service.app.get(Database, { strict: false });
  const tables = dataSource.entityMetadatas.map(({ tableName }) => dataSource.driver.escape(tableName));
  const rows = await Promise.all(tables.map((table) => dataSource.query<object[]>(`SELECT * FROM ${table}`)));
  return JSON.stringify(rows);
}

onEveryDatabase('what the database holds', (running) => {
  it('has nothing that can be replayed: codes, tokens, secrets, passwords, cookies, hints (RFC 6749 §10.3, §10.4, §10.5)', async () => {
    const { service } = running;
    const api = await anApi(service, { accessTokenFormat: 'opaque' });
    const scope = ['openid', 'offline_access', ...api.scopes];
    const client = await aClient(service, { scope });
    const [alice, browser] = [await aUser(service), aBrowser(service)];
    const bare = new BareClient(service, client);
    const signedIn = await bare.signIn(browser, alice, { scope: scope.join(' ') });
    const unused = await bare.obtainCode(browser, alice, { scope: 'openid' });
    await browser.visit(bare.request({ prompt: 'login', id_token_hint: signedIn.idToken }).url, { site: 'cross-site' });

    const held = await everyRow(running);
    expect(held).toContain(alice.id);
    expect(held).toContain(client.clientId);
    const replayable = {
      code: unused.code,
      accessToken: signedIn.accessToken,
      refreshToken: signedIn.refreshToken,
      idToken: signedIn.idToken,
      clientSecret: client.clientSecret ?? '',
      password: alice.password,
      cookies: browser.cookies.header(new URL(service.issuer)) ?? '',
    };
    for (const [name, value] of Object.entries(replayable)) {
      const parts = name === 'cookies' ? value.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1)) : [value];
      for (const part of parts) {
        expect(part.length, name).toBeGreaterThan(16);
        expect(held.includes(part), name).toBe(false);
      }
    }
  });
});
