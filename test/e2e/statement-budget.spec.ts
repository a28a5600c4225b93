import { beforeAll, expect, it } from 'vitest';
import { BareClient, post, secret, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aMachine, anApi, aSignInReadyToHappen } from '../support/given.js';
import { StatementCount } from '../support/statement-count.js';
import { signOut } from '../support/signing-in.js';
import { UserAgent } from '../support/user-agent.js';

/** What each operation may ask of the database: statements and commits, exactly. */
const BUDGET = {
  discovery: [0, 0],
  jwks: [0, 0],
  'client credentials': [0, 0],
  'introspection, active': [2, 0],
  'introspection, unknown': [1, 0],
  'refresh with rotation': [3, 1],
  'single sign-on': [6, 1],
  'single sign-on, offline': [7, 1],
  'redemption of a code': [5, 1],
  'full sign-in in a known browser, with consent and tokens': [49, 9],
  userinfo: [2, 0],
  'revocation of an access token': [1, 1],
  'revocation of a refresh token': [2, 1],
} as const;

onEveryDatabase('what an operation asks of the database, once the service is warm', (running) => {
  let count: StatementCount;
  let bare: BareClient;
  let browser: UserAgent;
  let operations: Record<keyof typeof BUDGET, () => Promise<{ readonly status: number }>>;

  beforeAll(async () => {
    const { service } = running;
    const ready = await aSignInReadyToHappen(service);
    browser = ready.browser;
    bare = new BareClient(service, ready.client);
    const api = await anApi(service);
    const machine = new BareClient(service, await aMachine(service, api.scopes));
    const scope = 'openid offline_access';
    const signIn = (): Promise<SignedIn> => bare.signIn(browser, ready.alice, { scope });
    const [tokens, ended] = [await signIn(), await signIn()];
    const obtained = await bare.obtainCode(browser, ready.alice, { scope });
    const known = new UserAgent(service.issuer);
    await bare.signIn(known, ready.alice, { scope });
    await signOut(known, service);
    count = new StatementCount(service);
    operations = {
      discovery: () => fetch(service.url('/.well-known/openid-configuration')),
      jwks: () => fetch(service.url('/oauth2/jwks')),
      'client credentials': () => machine.ownToken(),
      'introspection, active': () => bare.introspect(tokens.accessToken),
      'introspection, unknown': () => bare.introspect(secret()),
      'refresh with rotation': () => bare.refresh(tokens.refreshToken),
      'single sign-on': () => browser.visit(bare.request({ scope: 'openid' }).url, { site: 'cross-site' }),
      'single sign-on, offline': () => browser.visit(bare.request({ scope }).url, { site: 'cross-site' }),
      'redemption of a code': () => bare.redeem(obtained),
      'full sign-in in a known browser, with consent and tokens': async () =>
        (await bare.signIn(known, ready.alice, { scope, prompt: 'consent' })).response,
      userinfo: () => bare.userinfo(tokens.accessToken),
      'revocation of an access token': () => bare.revoke(ended.accessToken),
      'revocation of a refresh token': () => bare.revoke(ended.refreshToken),
    };
    await machine.ownToken();
    await bare.introspect(tokens.accessToken);
    await fetch(service.url('/oauth2/jwks'));
    await post(service, '/oauth2/token', '');
  });

  it.each(Object.entries(BUDGET))('%s', async (operation, [statements, commits]) => {
    const status: number[] = [];
    const cost = await count.of(async () => {
      status.push((await operations[operation as keyof typeof BUDGET]()).status);
    });
    expect({ ...cost, asked: count.asked }).toEqual({ statements, commits, asked: count.asked });
    expect(status).toEqual([operation.startsWith('single sign-on') ? 303 : 200]);
  });
});
