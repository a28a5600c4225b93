import { expect, it } from 'vitest';
import { Explanations } from '#explanations/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, uniqueName } from '../support/given.js';

onEveryDatabase('a support code', (running) => {
  const codeOf = ({ headers }: Pick<Answer, 'headers'>) => headers.get('x-request-id') ?? '';
  const mistake = () => fetch(running.service.url('/oauth2/token'), { method: 'POST' });
  const auditor = () => AdminApi.of(running.service, ['audit-events:read']);

  it('is shown by the error page, and opens for administrators alone what the rule saw', async () => {
    const client = await aClient(running.service);
    const bare = new BareClient(running.service, client);
    const page = await aBrowser(running.service).visit(bare.request({ redirect_uri: 'https://evil.example' }).url);
    const code = page.html.text('#support-code') ?? '';
    expect([page.status, code]).toEqual([400, codeOf(page)]);
    expect((await (await auditor()).get(`/explanations/${code}`)).body).toMatchObject({
      support_code: code,
      error: 'invalid_request',
      rule: 'redirect_uri.unregistered',
      clause: 'RFC 9700 §2.1',
      client_id: client.clientId,
      facts: { presented: 'https://evil.example', registered: client.redirectUri, differs_at: 9 },
      created_at: running.service.clock.now().toISOString(),
    });
    const others = await AdminApi.of(running.service, ['users:read']);
    expect((await others.get(`/explanations/${code}`)).status).toBe(403);
  });

  it('opens the clause of the rule where no words were written for it', async () => {
    const bare = new BareClient(running.service, await aClient(running.service));
    const answer = await fetch(bare.request({ claims: '{' }).url, { redirect: 'manual' });
    const { body } = await (await auditor()).get(`/explanations/${codeOf(answer)}`);
    expect(body['explanation']).toBe('The request does not do what RFC 6749 §4.1.2.1 demands.');
    expect(body['client_id']).toBe(bare.client.clientId);
    expect(body['rule']).toBeUndefined();
    const unworded = { error: 'invalid_grant', decision: { rule: 'of.tomorrow', clause: 'RFC 9999 §1', facts: {} } };
    const id = uniqueName('code');
    const request = { id, ip: '192.0.2.9', raw: { socket: {} } } as never;
    running.service.app.get(Explanations, { strict: false }).note(request, unworded);
    const told = await (await auditor()).get(`/explanations/${id}`);
    expect(told.body['explanation']).toBe('The request does not do what RFC 9999 §1 demands.');
  });

  it('is kept for seven days and no longer', async () => {
    const code = codeOf(await mistake());
    running.service.clock.advance('6d 23h');
    expect((await (await auditor()).get(`/explanations/${code}`)).status).toBe(200);
    running.service.clock.advance('2h');
    expect((await (await auditor()).get(`/explanations/${code}`)).status).toBe(404);
    expect((await (await auditor()).get('/explanations/nothing')).status).toBe(404);
  });

  it('is not kept for each of thousands of mistakes from one address', async () => {
    running.service.clock.advance('2h');
    const codes: string[] = [];
    for (let made = 0; made < 205; made++) codes.push(codeOf(await mistake()));
    const api = await auditor();
    const statuses = [];
    for (const code of [codes[0], codes[199], codes[200], codes[204]]) {
      statuses.push((await api.get(`/explanations/${code ?? ''}`)).status);
    }
    expect(statuses).toEqual([200, 200, 404, 404]);
    running.service.clock.advance('1h');
    expect((await api.get(`/explanations/${codeOf(await mistake())}`)).status).toBe(200);
  });
});
