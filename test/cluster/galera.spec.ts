import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret, type Answer, type SignedIn } from '../support/bare-client.js';
import { closedLoop, until } from '../support/closed-loop.js';
import { loadedClient, loadedUser } from '../support/served-deployment.js';
import { build } from '../support/served-process.js';
import { signIn } from '../support/signing-in.js';
import { UserAgent } from '../support/user-agent.js';
import { causality } from './support/causality.js';
import { counted, Proofs } from './support/proofs.js';
import { TwoNodes } from './support/two-nodes.js';

const USERS = 8;
const CODES = 200;
const SCOPE = { scope: 'openid offline_access' };
const LONGEST_TEST_MS = 120_000;

describe('two processes at different nodes of a Galera cluster', () => {
  const proofs = new Proofs();
  let started: TwoNodes | undefined;

  beforeAll(async () => {
    build();
    started = await TwoNodes.start(USERS);
  }, 240_000);

  afterAll(async () => {
    proofs.print();
    await started?.stop();
  }, 60_000);

  const nodes = (): TwoNodes => {
    if (started === undefined) throw new Error('the cluster did not start');
    return started;
  };

  it('are one service, although they began at once: the schema, the seed and the keys were made one time', async () => {
    const { cluster } = nodes();
    const documents = await nodes().atBoth(async ({ service }) => (await fetch(service.url('/oauth2/jwks'))).text());
    expect(documents[0]).toBe(documents[1]);
    const rows = await cluster.node(2).query('SELECT name FROM gatehouse.migrations');
    expect(new Set(rows.map(({ name }) => String(name))).size).toBe(rows.length);
    const leases = await cluster.node(2).query('SELECT name FROM gatehouse.lease');
    expect(leases.map(({ name }) => String(name))).toContain('migration');
    proofs.add('one schema, seed and set of keys', { migrations: rows.length, processes: 2, nodes: 3 });
  });

  it('have tables that Galera can replicate: InnoDB, a primary key each, no counter that a node hands out', async () => {
    const node = nodes().cluster.node(0);
    const tables = `FROM information_schema.tables t WHERE t.table_schema = 'gatehouse'`;
    const all = await node.query(`SELECT t.table_name AS name ${tables}`);
    const others = await node.query(`SELECT t.table_name AS name ${tables} AND t.engine <> 'InnoDB'`);
    const keyless = await node.query(
      `SELECT t.table_name AS name ${tables} AND NOT EXISTS (SELECT 1 FROM information_schema.table_constraints c
       WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')`,
    );
    const counters = await node.query(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'gatehouse' AND extra LIKE '%auto_increment%' AND table_name <> 'migrations'`,
    );
    expect([others, keyless, counters]).toEqual([[], [], []]);
    proofs.add('InnoDB, a primary key, no auto-increment', { tables: all.length });
  });

  it(
    'read at one node what the other has just written: nothing is stale under the setting they choose',
    async () => {
      const without = await causality(nodes().cluster, 0);
      const { readMs, updateMs, ...wrong } = await causality(nodes().cluster, 7);
      expect(wrong).toEqual({ staleReads: 0, lostUpdates: 0, refusedChildren: 0, conflicts: 0 });
      proofs.add('wsrep_sync_wait = 0 (150 of each)', { ...without });
      proofs.add('wsrep_sync_wait = 7 (150 of each)', { ...wrong, readMs, updateMs });
    },
    LONGEST_TEST_MS,
  );

  it(
    'go on with what the other began: pages, sessions, codes, refresh tokens, user info, revocations',
    async () => {
      const rounds = 16;
      for (let round = 0; round < rounds; round++) {
        const [here, there] = [nodes().at(round), nodes().at(round + 1)];
        const browser = nodes().one(round).browser();
        const user = loadedUser(round % USERS);
        const page = await browser.visit(here.request({ ...SCOPE, prompt: 'login consent' }).url);
        const consent = await signIn(nodes().elsewhere(browser, round + 1), page, user);
        expect(consent.html.has('#consent-allow'), `round ${round}: ${consent.html.words}`).toBe(true);
        const tokens = await here.signIn(browser, user, SCOPE);
        const wish = { ...SCOPE, prompt: 'none' };
        const code = await there.obtainCode(nodes().elsewhere(browser, round + 1), user, wish);
        expect((await here.redeem(code)).status).toBe(200);
        const refreshed = await there.refresh(tokens.refreshToken);
        expect(refreshed.status, refreshed.text).toBe(200);
        const accessToken = String(refreshed.body['access_token']);
        expect((await here.userinfo(accessToken)).body['sub']).toBe(user.id);
        await here.revoke(String(refreshed.body['refresh_token']));
        expect((await there.introspect(accessToken)).body).toEqual({ active: false });
        expect((await there.refresh(String(refreshed.body['refresh_token']))).status).toBe(400);
      }
      proofs.add('begun at one node, ended at the other', { rounds, steps: 8 * rounds });
    },
    LONGEST_TEST_MS,
  );

  it(
    `redeem each of ${CODES} codes at both nodes at once: exactly one wins (RFC 6749 §4.1.2)`,
    async () => {
      const outcomes: string[] = [];
      const afterwards: boolean[] = [];
      const use = async (user: number): Promise<void> => {
        const browser = nodes().one(user).browser();
        await nodes().at(user).signIn(browser, loadedUser(user));
        for (let count = 0; count < CODES / USERS; count++) {
          const code = await nodes().at(user).obtainCode(browser, loadedUser(user));
          const answers = await nodes().atBoth((client) => client.redeem(code));
          outcomes.push(outcomeOf(answers));
          const token = String(answers.find(({ status }) => status === 200)?.body['access_token']);
          // RFC 6749 §4.1.2: the second use says that the code was stolen, so what the first one got is revoked.
          const seen = await nodes().atBoth((client) => client.introspect(token));
          afterwards.push(...seen.map(({ body }) => body['active'] === true));
        }
      };
      await Promise.all(Array.from({ length: USERS }, (_, user) => use(user)));
      expect(counted(outcomes)).toEqual({ '200, 400 invalid_grant': CODES });
      expect(new Set(afterwards)).toEqual(new Set([false]));
      proofs.add('codes redeemed at both nodes at once', { codes: CODES, 'exactly one winner': outcomes.length });
    },
    LONGEST_TEST_MS,
  );

  it(
    'rotate each refresh token at both nodes at once: one successor; reuse ends the grant (RFC 9700 §4.14.2)',
    async () => {
      let rotations = 0;
      const rotate = async (user: number): Promise<void> => {
        const first = await nodes().at(user).signIn(nodes().one(user).browser(), loadedUser(user), SCOPE);
        let current = first.refreshToken;
        for (let round = 0; round < 12; round++) {
          const answers = await nodes().atBoth((client) => client.refresh(current));
          const texts = answers.map(({ text }) => text).join('\n');
          expect(
            answers.map(({ status }) => status),
            texts,
          ).toEqual([200, 200]);
          const successors = new Set(answers.map(({ body }) => String(body['refresh_token'])));
          expect(successors.size).toBe(1);
          [current = ''] = successors;
          rotations += 1;
        }
        const reused = await nodes()
          .at(user + 1)
          .refresh(first.refreshToken);
        expect([reused.status, reused.body['error']]).toEqual([400, 'invalid_grant']);
        for (const { status } of await nodes().atBoth((client) => client.refresh(current))) expect(status).toBe(400);
      };
      await Promise.all(Array.from({ length: USERS }, (_, user) => rotate(user)));
      proofs.add('refresh tokens rotated at both nodes at once', { rotations, 'with one successor': rotations });
    },
    LONGEST_TEST_MS,
  );

  it('look at no more than ten guesses at one name, and let one of two conditional changes win', async () => {
    const { issuer } = nodes();
    const guess = async (index: number): Promise<number> => {
      const browser = nodes().one(index).browser();
      const page = await browser.visit(`${issuer}/sign-in`);
      const { status } = await browser.submit(page, '#sign-in', { username: 'nobody-guesses', password: secret() });
      return status;
    };
    const guesses = counted(await Promise.all(Array.from({ length: 20 }, (_, index) => guess(index))));
    // A guess that met too many others is told to come again, and was not looked at.
    expect(Object.keys(guesses).filter((status) => !['422', '429', '503'].includes(status))).toEqual([]);
    expect(guesses['422']).toBeLessThanOrEqual(10);
    const token = await nodes().adminToken();
    let version = (await nodes().rename(token, 0, 'first')).headers.get('etag') ?? '';
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const both = await Promise.all(
        [0, 1].map((index) => nodes().rename(token, index, `${round} at ${index}`, version)),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
      version = both.find(({ status }) => status === 200)?.headers.get('etag') ?? '';
    }
    proofs.add('20 guesses at once, by answer', guesses);
    proofs.add('conditional changes at both nodes at once', { rounds, 'exactly one winner': rounds });
  });

  it('have met conflicts between the nodes in all this, and nobody was told', async () => {
    const { cluster, processes } = nodes();
    const counters = ['wsrep_local_cert_failures', 'wsrep_local_bf_aborts'];
    const each = [0, 1].flatMap((node) => counters.map(async (name) => Number(await cluster.status(node, name))));
    const conflicts = (await Promise.all(each)).reduce((sum, count) => sum + count, 0);
    expect(conflicts).toBeGreaterThan(0);
    const lines = processes.flatMap(({ output }) => output.split('\n'));
    expect(lines.filter((line) => /"level":(?:"(?:error|fatal)"|50|60)/.test(line))).toEqual([]);
    for (const node of [0, 1]) expect(await cluster.status(node, 'Com_lock_tables')).toBe('0');
    proofs.add('conflicts between nodes, done again', { conflicts, 'errors in the log': 0, 'LOCK TABLES': 0 });
  });

  it(
    'lose nothing that was accepted when a node is killed under load, and use it again when it is back',
    async () => {
      const { balancer, cluster, issuer, ports } = nodes();
      await until(() => ports.every((port) => balancer.sendsTo(port)));
      const front = loadedClient(issuer);
      const accepted: SignedIn[] = [];
      const latest = new Map<number, { readonly refreshToken: string; readonly browser: UserAgent }>();
      const load = closedLoop(USERS, async (user) => {
        const browser = new UserAgent(issuer);
        const tokens = await front.signIn(browser, loadedUser(user), SCOPE);
        accepted.push(tokens);
        latest.set(user, { refreshToken: tokens.refreshToken, browser });
        const refreshed = await front.refresh(tokens.refreshToken);
        if (refreshed.status !== 200) throw new Error(`refresh: ${refreshed.status} ${refreshed.text}`);
        latest.set(user, { refreshToken: String(refreshed.body['refresh_token']), browser });
      });
      const goesOn = async (what: string, more = load.done() + 2 * USERS): Promise<void> =>
        until(() => load.done() > more, { withinMs: 60_000, what });
      await goesOn('the load');
      await cluster.node(1).kill();
      await until(() => !balancer.sendsTo(ports[1]), { what: 'a readiness that tells the truth' });
      await goesOn('service at the other node');
      await cluster.bringBack(1);
      await until(() => balancer.sendsTo(ports[1]), { withinMs: 60_000, what: 'the return without a restart' });
      await goesOn('service at both');
      const { done, failures } = await load.stop();
      const broken = failures.filter(({ why }) => !/\b50[23]\b/.test(why));
      // What was asked of the node as it died may have been done without an answer; each worker asks one thing at a time.
      expect(broken.length, JSON.stringify(broken)).toBeLessThanOrEqual(USERS);
      const seen: number[] = [];
      for (const [index, { accessToken }] of accepted.entries())
        seen.push((await nodes().at(index).userinfo(accessToken)).status);
      expect(counted(seen)).toEqual({ 200: accepted.length });
      for (const [user, { refreshToken, browser }] of latest) {
        const again = nodes().elsewhere(browser, user + 1);
        const request = nodes().at(user + 1);
        expect((await again.visit(request.request({ prompt: 'none' }).url)).answer).toHaveProperty('code');
        expect((await nodes().at(user).refresh(refreshToken)).status).toBe(200);
      }
      proofs.add('a node killed with -9 under load', { 'sign-ins accepted': accepted.length, complete: done, lost: 0 });
      proofs.add('  what failed meanwhile', { '502 or 503': failures.length - broken.length, other: broken.length });
    },
    LONGEST_TEST_MS + 60_000,
  );

  it('leave the same rows at every node', async () => {
    const { cluster } = nodes();
    expect(await cluster.status(0, 'wsrep_cluster_size')).toBe('3');
    const tables = await cluster
      .node(0)
      .query("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'gatehouse'");
    const list = tables.map(({ name }) => `gatehouse.\`${String(name)}\``).join(', ');
    const same = async (): Promise<boolean> => {
      const sums = await Promise.all(cluster.nodes.map((node) => node.query(`CHECKSUM TABLE ${list}`)));
      return new Set(sums.map((rows) => JSON.stringify(rows))).size === 1;
    };
    await until(same, { withinMs: 20_000, what: 'the same rows at every node' });
    proofs.add('the same rows at every node', { tables: tables.length, nodes: 3 });
  });

  it('say 503 and are not ready at a node that has lost its cluster', async () => {
    await Promise.all([1, 2].map((node) => nodes().cluster.node(node).kill()));
    const readiness = async (): Promise<number> => (await fetch(nodes().one(0).url('/health/ready'))).status;
    await until(async () => (await readiness()) === 503, {
      withinMs: 15_000,
      what: 'a readiness that tells the truth',
    });
    const answer = await nodes().at(0).introspect(secret());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    proofs.add('a node without its cluster', { readiness: 503, introspection: 503 });
  });
});

function outcomeOf(answers: readonly Answer[]): string {
  return answers
    .map(({ status, body }) => (status === 200 ? '200' : `${status} ${String(body['error'])}`))
    .sort()
    .join(', ');
}
