import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { Database } from '#platform/database/index.js';
import { SIMULATION_RULES } from '#protocol/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { withAuthenticator } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aClient, anApi, aUser, uniqueName, type ClientWish } from '../support/given.js';

const DAY_MS = 86_400_000;

/** How many rows each table has. */
async function rowCounts({ service }: Running): Promise<Record<string, number>> {
  const { dataSource } = service.app.get(Database, { strict: false });
  const counts: Record<string, number> = {};
  for (const { tableName } of dataSource.entityMetadatas) {
    const table = dataSource.driver.escape(tableName);
    const [row] = await dataSource.query<{ counted: unknown }[]>(`SELECT COUNT(*) AS counted FROM ${table}`);
    counts[tableName] = Number(row?.counted);
  }
  return counts;
}

onEveryDatabase('simulating a request', (running) => {
  async function ready(wish: ClientWish = {}) {
    const admin = await AdminApi.of(running.service);
    const api = await anApi(running.service);
    const [read = '', write = ''] = api.scopes;
    const scope = ['openid', 'email', 'profile', read, write];
    const client = await aClient(running.service, { scope, optionalScope: ['email', write], ...wish });
    const alice = await aUser(running.service);
    const simulate = async (more: Json = {}): Promise<Json> => {
      const asked = {
        client_id: client.clientId,
        user: alice.username,
        scope: `openid email ${read} ${write}`,
        ...more,
      };
      const answer = await admin.post('/simulate', asked);
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.body;
    };
    const approve = (scopes: readonly string[], expiresAt?: Date) =>
      running.service.app
        .get(ConsentService, { strict: false })
        .give({ userId: alice.id, clientId: client.clientId, scopes, expiresAt, givenBy: 'user' });
    return { admin, client, alice, read, write, simulate, approve, bare: new BareClient(running.service, client) };
  }

  const later = (days: number): string => new Date(running.service.clock.now().getTime() + days * DAY_MS).toISOString();

  const listOf = (answer: Json, member: string): readonly Json[] => answer[member] as readonly Json[];
  const ruleOf = (answer: Json, name: string) =>
    listOf(answer, 'decisions')
      .filter((one) => one['name'] === name)
      .map(({ decision, rule }) => `${String(decision)} by ${String(rule)}`)[0];
  const pagesOf = (answer: Json) =>
    listOf(answer, 'pages').map(({ page, rule }) => `${String(page)} by ${String(rule)}`);
  const questionsOf = (answer: Json) => listOf(answer['consent'] as Json, 'asked');
  const claimsOf = (answer: Json, holder: string): Json => {
    const [tokens = {}] = listOf(answer, 'tokens');
    const claims = listOf(tokens[holder] as Json, 'claims');
    return Object.fromEntries(claims.map(({ name, rule, value }) => [String(name), { rule, value }]));
  };

  it('tells which page would come up, and what on it is new, required, optional and ticked', async () => {
    const { simulate, approve, read, write, client } = await ready({ untickedScope: ['email'] });
    await approve(['openid', read]);
    const answer = await simulate({ time: later(1) });
    expect(answer).toMatchObject({ outcome: 'issued', client_id: client.clientId });
    expect(pagesOf(answer)).toEqual(['consent by approval.missing']);
    expect(questionsOf(answer)).toEqual([
      expect.objectContaining({
        name: 'email',
        mark: 'new',
        required: false,
        ticked: false,
        rule: 'approval.missing',
        choice_rule: 'client.unticked_scope',
        choice_basis: 'unticked_scope of the client',
      }),
      expect.objectContaining({ name: write, required: false, ticked: true, choice_rule: 'client.optional_scope' }),
    ]);
    expect(listOf(answer['consent'] as Json, 'settled').map(({ name }) => name)).toEqual(['openid', read]);
    expect(answer['consent']).toMatchObject({
      durations: ['once', 'days:30', 'forever'],
      suggested_duration: 'days:30',
      duration_rule: 'consent.durations',
    });
    expect(['openid', 'email', write].map((name) => ruleOf(answer, name))).toEqual([
      'granted by approval.standing',
      'declined by approval.missing',
      'granted by approval.missing',
    ]);
  });

  it('goes by the time that is asked for: an approval that will have run out or be too old', async () => {
    const { simulate, approve, client } = await ready({ consentMaxAge: 20 * 86_400 });
    await approve(['openid'], new Date(later(10)));
    await approve(['email']);
    const soon = await simulate({ scope: 'openid email', time: later(9) });
    expect([soon['pages'], ruleOf(soon, 'openid')]).toEqual([[], 'granted by approval.standing']);
    const then = await simulate({ scope: 'openid email', time: later(10) });
    expect(questionsOf(then).map(({ name, rule, mark }) => [name, rule, mark])).toEqual([
      ['openid', 'approval.expired', 'new'],
    ]);
    const late = await simulate({ scope: 'openid email', time: later(20) });
    expect(ruleOf(late, 'email')).toBe('granted by approval.too_old');
    expect(late).toMatchObject({ time: later(20), client_id: client.clientId });
  });

  it('names the rule by which nobody is asked, or everything is', async () => {
    const skipping = await ready({ firstParty: true, consent: 'skip' });
    const skipped = await skipping.simulate();
    expect([skipped['pages'], ruleOf(skipped, 'email')]).toEqual([[], 'granted by client.first_party_skip']);
    const company = await ready({ companyApprovedScope: ['openid', 'email'] });
    const approved = await company.simulate({ scope: 'openid email' });
    expect([approved['pages'], ruleOf(approved, 'email')]).toEqual([[], 'granted by consent.company_approval']);
    const always = await ready({ consent: 'always' });
    await always.approve(['openid', 'email']);
    const again = await always.simulate({ scope: 'openid email' });
    expect([pagesOf(again), ruleOf(again, 'email')]).toEqual([
      ['consent by client.always_ask'],
      'granted by client.always_ask',
    ]);
    expect(again['consent']).toMatchObject({ durations: ['once'], duration_rule: 'client.always_ask' });
    const prompted = await company.simulate({ scope: 'openid email', prompt: 'consent login' });
    expect(pagesOf(prompted)).toEqual(['sign_in by request.prompt_login', 'consent by request.prompt_consent']);
  });

  it('tells where it ends before: nobody signed in, no access, a disabled user, prompt=none (OIDC Core §3.1.2.6)', async () => {
    const { simulate, alice } = await ready({ allowedGroups: [] });
    const stranger = await simulate({ user: null });
    expect(stranger).toMatchObject({ outcome: 'stopped', tokens: [] });
    expect(stranger).not.toHaveProperty('user_id');
    expect(pagesOf(stranger)).toEqual(['sign_in by session.none']);
    const outside = await simulate();
    expect([outside['outcome'], ...pagesOf(outside)]).toEqual(['stopped', 'no_access by access.group_missing']);
    await running.service.app.get(UsersService, { strict: false }).update(alice.id, { status: 'disabled' });
    expect(pagesOf(await simulate())).toEqual(['sign_in by user.not_active']);
    const open = await ready();
    const silent = await open.simulate({ prompt: 'none' });
    expect(silent).toMatchObject({
      outcome: 'refused',
      pages: [],
      refusal: { error: 'consent_required', rule: 'approval.missing', basis: 'RFC 6749 §10.2' },
    });
    expect(ruleOf(silent, 'email')).toBe('asked by approval.missing');
  });

  it('tells what the client would be told that asks what it may not, by the rule of the real refusal', async () => {
    const { simulate, client, read } = await ready();
    const refusals: [Json, string, string][] = [
      [{ response_type: 'id_token' }, 'unauthorized_client', 'response_type.unregistered'],
      [{ redirect_uri: 'https://elsewhere.example/' }, 'invalid_request', 'redirect_uri.unregistered'],
      [{ scope: 'phone' }, 'invalid_scope', 'scope.none'],
      [{ resource: ['https://nobody.example'] }, 'invalid_target', 'resource.unknown'],
      [{ claims: { userinfo: 7 } }, 'invalid_request', 'invalid_request'],
      [{ max_age: -1 }, 'invalid_request', 'max_age.malformed'],
    ];
    for (const [wish, error, rule] of refusals) {
      const answer = await simulate(wish);
      expect(answer, JSON.stringify(wish)).toMatchObject({ outcome: 'refused', refusal: { error, rule }, tokens: [] });
    }
    expect(ruleOf(await simulate({ scope: `openid phone ${read}` }), 'phone')).toBe('dropped by client.scope');
    await running.service.app.get(ClientsService, { strict: false }).update(client.clientId, { status: 'disabled' });
    running.service.clock.advance('2s');
    expect(await simulate()).toMatchObject({ outcome: 'refused', refusal: { rule: 'client.disabled' } });
  });

  it('asks for more than a password where the client or the request does (RFC 9470 §5)', async () => {
    const { simulate, alice } = await ready({ secondFactor: 'required', firstParty: true, consent: 'skip' });
    await withAuthenticator(running.service, alice);
    const answer = await simulate();
    expect(pagesOf(answer)).toEqual(['second_factor by policy.second_factor']);
    expect(claimsOf(answer, 'id_token')['acr']).toEqual({ rule: 'token.protocol', value: '2' });
    expect((await simulate({ amr: ['pwd', 'otp', 'mfa'] }))['outcome']).toBe('issued');
    const plain = await ready({ firstParty: true, consent: 'skip' });
    expect(pagesOf(await plain.simulate({ acr_values: '2' }))).toEqual(['second_factor by session.acr_step_up']);
    expect(pagesOf(await plain.simulate({ max_age: 60, time: later(1), auth_time: later(0) }))).toEqual([
      'sign_in by session.too_old',
    ]);
  });

  it('tells what tokens and user info would say, claim by claim, and what of it only the issuing makes', async () => {
    const { simulate, alice, read } = await ready();
    const answer = await simulate({ scope: `openid email ${read}`, claims: { id_token: { nickname: null } } });
    expect(claimsOf(answer, 'userinfo')).toEqual({
      sub: { rule: 'token.protocol', value: alice.id },
      email: { rule: 'claim.scope', value: alice.claims.email },
      email_verified: { rule: 'claim.scope', value: true },
    });
    expect(claimsOf(answer, 'id_token')).toMatchObject({
      nickname: { rule: 'claim.requested', value: 'Ali' },
      at_hash: { rule: 'token.protocol', value: undefined },
    });
    const [{ access_token: access } = {}] = listOf(answer, 'tokens');
    expect(access).toMatchObject({ format: 'jwt', scope: `openid email ${read}`, expires_in: 600 });
  });

  it('lets the user untick what is optional, and nothing else', async () => {
    const { admin, simulate, client, alice, read, write } = await ready();
    expect(ruleOf(await simulate({ ticked_scope: write }), 'email')).toBe('declined by approval.missing');
    expect(ruleOf(await simulate({ ticked_scope: '' }), write)).toBe('declined by approval.missing');
    const wish = { client_id: client.clientId, user: alice.id, scope: `openid ${read}` };
    const other = await admin.post('/simulate', { ...wish, ticked_scope: 'email' });
    expect([other.status, pointersOf(other)]).toEqual([422, ['#/ticked_scope']]);
    const claims = await admin.post('/simulate', { ...wish, ticked_claims: ['email'] });
    expect([claims.status, pointersOf(claims)]).toEqual([422, ['#/ticked_claims']]);
  });

  it('refuses what is not here, and times that are none or over', async () => {
    const { admin, client } = await ready();
    const { clientId: client_id } = client;
    const faults: [Json, readonly string[]][] = [
      [{}, ['#/client_id']],
      [{ client_id: 'nobody' }, ['#/client_id']],
      [{ client_id, user: 'nobody' }, ['#/user']],
      [{ client_id, scope: 'openid no-such-scope' }, ['#/scope']],
      [{ client_id, time: 'tomorrow' }, ['#/time']],
      [{ client_id, time: '2027-02-30T00:00:00Z' }, ['#/time']],
      [{ client_id, time: later(-1) }, ['#/time']],
      [{ client_id, auth_time: later(1) }, ['#/auth_time']],
      [{ client_id, amr: ['magic'] }, ['#/amr']],
      [{ client_id, max_age: 'x' }, ['#/max_age']],
      [{ client_id, claims: [] }, ['#/claims']],
      [{ client_id, resource: 'https://a.example' }, ['#/resource']],
      [{ client_id, when: 'now' }, ['#/when']],
    ];
    for (const [body, pointers] of faults) {
      const answer = await admin.post('/simulate', body);
      expect([answer.status, pointersOf(answer)], JSON.stringify(body)).toEqual([422, pointers]);
    }
    expect((await admin.send('POST', '/simulate', { body: '{', type: 'application/json' })).status).toBe(400);
  });

  it('is for whoever may read approvals, and tells what claims say only to whoever may read users', async () => {
    const { client, alice } = await ready();
    const wish = { client_id: client.clientId, user: alice.id, scope: 'openid email' };
    const reader = await AdminApi.of(running.service, ['consents:read']);
    const { body, status } = await reader.post('/simulate', wish);
    expect(status).toBe(200);
    expect(claimsOf(body, 'userinfo')).toEqual({
      sub: { rule: 'token.protocol', value: undefined },
      email: { rule: 'claim.scope', value: undefined },
      email_verified: { rule: 'claim.scope', value: undefined },
    });
    expect(JSON.stringify(body['tokens'])).not.toContain(alice.claims.email);
    expect(claimsOf(body, 'id_token')['aud']).toEqual({ rule: 'token.protocol', value: client.clientId });
    const other = await AdminApi.of(running.service, ['users:read', 'clients:write']);
    expect((await other.post('/simulate', wish)).status).toBe(403);
  });

  it('writes nothing, whatever the query of a write says', async () => {
    const { admin, simulate, approve, client, alice } = await ready({ companyApprovedScope: ['openid'] });
    await approve(['email']);
    await admin.token();
    const before = await rowCounts(running);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    expect((await simulate())['outcome']).toBe('issued');
    const wish = { client_id: client.clientId, user: alice.id };
    expect((await admin.post('/simulate?dry_run=true', wish)).body['outcome']).toBeDefined();
    expect(await rowCounts(running)).toEqual(before);
  });

  it('says the same again under the same Idempotency-Key, and refuses it for another question', async () => {
    const { admin, approve, client, alice } = await ready();
    const wish = { client_id: client.clientId, user: alice.id, scope: 'openid email' };
    const headers = { 'idempotency-key': uniqueName('key') };
    const first = await admin.post('/simulate', wish, headers);
    await approve(['openid', 'email']);
    expect((await admin.post('/simulate', wish, headers)).body).toEqual(first.body);
    expect((await admin.post('/simulate', wish)).body).not.toEqual(first.body);
    expect((await admin.post('/simulate', { ...wish, scope: 'openid' }, headers)).status).toBe(409);
  });

  it('speaks of rules that are all written down somewhere', async () => {
    const { simulate } = await ready();
    const text = JSON.stringify(await simulate());
    const named = [...text.matchAll(/"(?:\w+_)?rule":"([^"]+)"/g)].map(([, rule]) => rule);
    expect(named.length).toBeGreaterThan(10);
    for (const rule of named) expect(SIMULATION_RULES).toContain(rule);
  });
});
