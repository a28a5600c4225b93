import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { claimApproval, ConsentService } from '#consent/index.js';
import { Database } from '#platform/database/index.js';
import { SIMULATION_RULES } from '#protocol/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient, type SentRequest } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, anApi, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { comesOf, contentsOf, questionsOn, titleOf, type CameOf, type Claims } from '../support/real-request.js';
import { signIn } from '../support/signing-in.js';
import {
  situations,
  type PriorDecision,
  type SimulatedCompany,
  type Situation,
} from '../support/simulated-situations.js';

/** A failure prints it, and the smallest situation that fails. */
const RUNS = { seed: 5, numRuns: 30 };

const DAY_MS = 86_400_000;
const PATHS: Readonly<Record<string, string>> = {
  sign_in: '/sign-in',
  select_account: '/select-account',
  no_access: '/no-access',
  consent: '/consent',
};

const listIn = (holder: unknown, member: string): readonly Json[] =>
  ((holder as Json | undefined)?.[member] as readonly Json[] | undefined) ?? [];
const namesOf = (list: readonly Json[]) => list.map(({ name }) => String(name));

/** The rules that a simulation names, but for those of errors. */
function rulesIn({ refusal: _error, ...said }: Json): (string | undefined)[] {
  return [...JSON.stringify(said).matchAll(/"(?:\w+_)?rule":"([^"]+)"/g)].map(([, rule]) => rule);
}

onEveryDatabase('a simulation', (running) => {
  const service = <T>(type: abstract new (...dependencies: never[]) => T): T =>
    running.service.app.get(type, { strict: false });

  async function aCompany(): Promise<SimulatedCompany & { admin: AdminApi; checker: BareClient }> {
    const admin = await AdminApi.of(running.service);
    const checker = await aClient(running.service);
    const opaqueApi = await anApi(running.service, {
      accessTokenFormat: 'opaque',
      introspectionClients: [checker.clientId],
      scopes: [uniqueName('sealed')],
    });
    const [jwtApi, group] = [await anApi(running.service), uniqueName('staff')];
    const [read = '', changed = ''] = jwtApi.scopes;
    const [opaque = ''] = opaqueApi.scopes;
    await admin.made('/groups', { name: group });
    await admin.patch(`/scopes/${changed}`, { description: 'It means more now.', meaning_changed: true });
    await admin.made(`/scopes/${read}/claim-mappings`, {
      ...{ claim: 'groups', source: 'groups', groups: 'all', include_in: ['id_token', 'access_token', 'userinfo'] },
    });
    await admin.made(`/scopes/${opaque}/claim-mappings`, {
      ...{ claim: 'tenant', source: 'constant', value: { name: 'acme' }, include_in: ['access_token'] },
    });
    running.service.clock.advance('2s');
    const apis = { jwtApi: jwtApi.identifier, opaqueApi: opaqueApi.identifier };
    return { ...apis, read, changed, opaque, group, admin, checker: new BareClient(running.service, checker) };
  }

  async function decideBefore(userId: string, clientId: string, { changed }: SimulatedCompany, prior: PriorDecision) {
    const now = running.service.clock.now();
    const expiresAt = prior.days === undefined ? undefined : new Date(now.getTime() + prior.days * DAY_MS);
    const versions = new Map(prior.upToDate ? [[changed, { textVersion: 2, meaningVersion: 2 }]] : []);
    const scopes = [...prior.scopes, ...prior.claims.map(claimApproval)];
    await service(ConsentService).give({ userId, clientId, scopes, expiresAt, versions, givenBy: 'user' });
    running.service.clock.advance(`${prior.thenDays}d`);
    await service(ConsentService).narrow(userId, clientId, prior.narrowed);
  }

  async function given(company: SimulatedCompany, situation: Situation) {
    const alice = await aUser(running.service, { groups: situation.member ? [company.group] : [] });
    const { locale: _any, ...claims } = alice.claims;
    await service(UsersService).update(alice.id, { claims: { ...claims, locale: 'en' } });
    const client = await aClient(running.service, situation.client);
    if (situation.unvetted) {
      const { dataSource } = service(Database);
      await dataSource.query('UPDATE client SET self_registered = ? WHERE client_id = ?', [1, client.clientId]);
    }
    for (const prior of situation.prior) await decideBefore(alice.id, client.clientId, company, prior);
    expect((await service(ClientsService).find(client.clientId))?.selfRegistered).toBe(situation.unvetted);
    return { alice, bare: new BareClient(running.service, client) };
  }

  /** What is said beforehand, with what the user will leave ticked of it. */
  async function simulated(admin: AdminApi, wish: Json, ticks: Situation['ticks']) {
    const first = await admin.post('/simulate', wish);
    if (first.status !== 200) throw new Error(first.text);
    const optional = listIn(first.body['consent'], 'asked').filter(({ required }) => required === false);
    if (ticks === undefined || optional.length === 0) return { said: first.body, ticked: undefined };
    const left = optional.filter((_one, index) => ticks[index]);
    const of = (kind: string) => namesOf(left.filter((one) => one['kind'] === kind));
    const chosen = { ticked_scope: of('scope').join(' '), ticked_claims: of('claim') };
    const { body } = await admin.post('/simulate', { ...wish, ...chosen });
    return { said: body, ticked: [...of('scope'), ...of('claim').map(claimApproval)] };
  }

  async function signedIn(alice: GivenUser) {
    const browser = aBrowser(running.service);
    await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    return browser;
  }

  function requestOf(bare: BareClient, { request }: Situation): SentRequest {
    const { claims, max_age: maxAge, ...rest } = request as { claims?: object; max_age?: number };
    return bare.request({
      ...(rest as Readonly<Record<string, string>>),
      ...(claims && { claims: JSON.stringify(claims) }),
      ...(maxAge !== undefined && { max_age: String(maxAge) }),
    });
  }

  function comparePages(said: Json, { pages, consent }: CameOf) {
    expect(listIn(said, 'pages').map(({ page }) => PATHS[String(page)])).toEqual(pages);
    if (consent === undefined) return;
    const questions = listIn(said['consent'], 'asked');
    const titled = (chosen: (one: Json) => boolean) =>
      questions
        .filter(chosen)
        .map(({ kind, name }) => titleOf(String(kind), String(name)))
        .sort();
    const boxes = (chosen: (one: Json) => boolean) =>
      questions
        .filter((one) => one['required'] === false && chosen(one))
        .map(({ kind, name }) => (kind === 'claim' ? claimApproval(String(name)) : String(name)))
        .sort();
    expect(questionsOn(consent)).toEqual({
      titles: titled(() => true),
      isNew: titled(({ mark }) => mark === 'new'),
      isChanged: titled(({ mark }) => mark === 'changed'),
      optional: boxes(() => true),
      ticked: boxes(({ ticked }) => ticked === true),
      durations: (said['consent'] as Json)['durations'],
    });
  }

  /** The same names, and the same values where only the issuing does not make them. */
  function compareClaims(said: unknown, real: Claims | undefined) {
    const claims = listIn(said, 'claims');
    expect(said === undefined).toBe(real === undefined);
    expect(namesOf(claims).sort()).toEqual(Object.keys(real ?? {}).sort());
    const valued = claims.filter((claim) => 'value' in claim);
    expect(valued.map(({ name, value }) => [name, value])).toEqual(namesOf(valued).map((name) => [name, real?.[name]]));
  }

  async function compareTokens(said: Json, bare: BareClient, checker: BareClient, came: SentRequest & CameOf) {
    const { answer = {} } = came;
    const answers = listIn(said, 'tokens');
    const [front] = answers.filter(({ from }) => from === 'authorization_endpoint');
    const back = answers.filter(({ from }) => from === 'token_endpoint');
    if (front !== undefined) compareAnswer(front, await contentsOf(bare, checker, answer));
    const { code } = answer;
    if (code === undefined) {
      expect(back).toEqual([]);
      return;
    }
    const [first] = back;
    const [audience] = ((first?.['access_token'] as Json | undefined)?.['audience'] ?? []) as readonly string[];
    const redeemed = await bare.redeem({ ...came, code }, back.length > 1 ? { resource: audience } : {});
    expect(redeemed.status === 200, redeemed.text).toBe(first !== undefined);
    if (first !== undefined) compareAnswer(first, await contentsOf(bare, checker, redeemed.body));
  }

  function compareAnswer(said: Json, real: Awaited<ReturnType<typeof contentsOf>>) {
    const access = said['access_token'] as Json | undefined;
    expect([access?.['scope'], said['refresh_token']]).toEqual([real.scope, real.refreshToken]);
    compareClaims(access, real.access);
    compareClaims(said['id_token'], real.idToken);
    compareClaims(said['userinfo'], real.userinfo);
  }

  function compareGranted(said: Json) {
    const granted = namesOf(listIn(said, 'decisions').filter(({ decision }) => decision === 'granted'));
    const scopes = listIn(said, 'tokens').flatMap((one) => {
      const scope = (one['access_token'] as Json | undefined)?.['scope'];
      return typeof scope === 'string' ? scope.split(' ') : [];
    });
    for (const name of scopes) expect(granted).toContain(name);
  }

  it(`says what really comes, whatever client, user, approvals, request and time are (seed ${RUNS.seed})`, async () => {
    const { admin, checker, ...company } = await aCompany();
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(situations(company), async (situation) => {
        const { alice, bare } = await given(company, situation);
        const time = new Date(running.service.clock.now().getTime() + situation.inDays * DAY_MS).toISOString();
        const wish = { ...situation.request, client_id: bare.client.clientId, user: alice.id, time };
        const before = situation.disabled ? undefined : await simulated(admin, wish, situation.ticks);
        running.service.clock.advance(`${situation.inDays}d`);
        const browser = await signedIn(alice);
        if (situation.disabled) await service(UsersService).update(alice.id, { status: 'disabled' });
        const { said, ticked } = before ?? (await simulated(admin, wish, situation.ticks));
        const sent = requestOf(bare, situation);
        const came = await comesOf(browser, sent, alice, ticked);
        comparePages(said, came);
        expect(came.answer?.['error']).toBe((said['refusal'] as Json | undefined)?.['error']);
        expect(came.answer === undefined).toBe(said['outcome'] === 'stopped');
        if (said['outcome'] === 'issued') await compareTokens(said, bare, checker, { ...sent, ...came });
        compareGranted(said);
        for (const rule of rulesIn(said)) expect(SIMULATION_RULES).toContain(rule);
        const kind = `${String(said['outcome'])} ${came.consent === undefined ? 'without' : 'with'} a consent page`;
        seen[kind] = (seen[kind] ?? 0) + 1;
      }),
      RUNS,
    );
    expect(Object.keys(seen).sort()).toEqual(
      expect.arrayContaining([
        'issued with a consent page',
        'issued without a consent page',
        'refused without a consent page',
      ]),
    );
  }, 120_000);
});
