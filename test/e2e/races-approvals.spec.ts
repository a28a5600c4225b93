import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import { answerOf, BareClient, type Answer } from '../support/bare-client.js';
import { databaseKind } from '../support/databases.js';
import { CALLBACK, type GivenClient } from '../support/given.js';
import { ROUNDS, racer, type Racer } from '../support/racers.js';
import { Replicas } from '../support/replicas.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';

const SCOPE = [...ADMIN_SCOPES, 'openid'].join(' ');
const secret = (clientId: string): string => `${clientId}-has-a-secret-of-enough-characters`;
const client = (clientId: string): GivenClient => {
  return { clientId, clientSecret: secret(clientId), redirectUri: CALLBACK, method: 'client_secret_basic' };
};
const [CONSOLE, SCRIPT] = [client('console'), client('script')];
const PEOPLE = [1, 2, 3].map((number) => racer('approver', number));

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'approvals raced on %s',
  (_, url) => {
    let replicas: Replicas;
    let script: string;
    let people: readonly string[];

    beforeAll(async () => {
      const target = (round: number): object => ({ client_id: `target-${round}`, redirect_uris: [CALLBACK] });
      replicas = await Replicas.start(url, {
        seed: {
          users: PEOPLE.map((user) => ({ ...user, email_verified: true, groups: ['administrators'] })),
          clients: [
            {
              ...{ client_id: CONSOLE.clientId, client_secret: secret(CONSOLE.clientId), redirect_uris: [CALLBACK] },
              ...{ scope: SCOPE, first_party: true, consent: 'skip' },
            },
            ...ROUNDS.map(target),
          ],
          settings: { four_eyes: true },
        },
        env: { ADMIN_CLIENT_ID: SCRIPT.clientId, ADMIN_CLIENT_SECRET: secret(SCRIPT.clientId) },
      });
      script = String((await new BareClient(replicas.one(0), SCRIPT).ownToken()).body['access_token']);
      people = await Promise.all(PEOPLE.map(tokenOf));
    }, 240_000);
    afterAll(async () => {
      await replicas.stop();
    });

    /** A token that somebody got with a second factor, which they have set up just before. */
    async function tokenOf(user: Racer): Promise<string> {
      const own = replicas.one(0).browser();
      await signIn(own, await own.visit(replicas.page('/sign-in')), user);
      const page = await own.visit(replicas.page('/account/second-factors/app'));
      const seed = (page.html.text('#key') ?? '').replaceAll(' ', '');
      const code = (stepsLater: number): string =>
        generateSync({ secret: seed, epoch: Math.floor(Date.now() / 1000) + stepsLater * 30 });
      await own.submit(page, '#add-app', { name: 'Phone', code: code(0) });
      const bare = new BareClient(replicas.one(0), CONSOLE);
      const sent = bare.request({ scope: SCOPE, resource: `${replicas.issuer}/api/v1`, acr_values: '2' });
      const browser = replicas.one(0).browser();
      const { pathname, search } = new URL(sent.url);
      const asked = await signIn(browser, await browser.visit(replicas.page(pathname + search)), user);
      const { answer } = await browser.submit(asked, '#verify', { code: code(1) });
      return String((await bare.redeem({ ...sent, code: answer['code'] ?? '' })).body['access_token']);
    }

    async function send(at: number, token: string, method: string, path: string, body?: object): Promise<Answer> {
      const response = await fetch(replicas.one(at).url(`/api/v1${path}`), {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return answerOf(response);
    }

    async function asked(round: number, path: string): Promise<string> {
      const redirect_uris = [`https://rp.example/${path}`];
      const answer = await send(round, script, 'PATCH', `/clients/target-${round}`, { redirect_uris });
      expect(answer.status, answer.text).toBe(202);
      return `/change-requests/${String(answer.body['id'])}`;
    }

    const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).sort();
    const versionOf = async (round: number): Promise<unknown> =>
      (await send(0, script, 'GET', `/clients/target-${round}`)).body['version'];

    it.each(ROUNDS)('one of many makes the change, once: round %i', async (round) => {
      const at = await asked(round, 'once');
      const before = Number(await versionOf(round));
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_unused, index) =>
          send(index, people[index % people.length] ?? '', 'POST', `${at}/approve`),
        ),
      );
      expect(statuses(answers)).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
      expect(await versionOf(round)).toBe(before + 1);
      const query = `name=change.approved&client_id=target-${round}`;
      const { body } = await send(0, script, 'GET', `/audit-events?${query}`);
      expect(body['items']).toHaveLength(1);
    });

    it.each(ROUNDS)('approved, rejected and withdrawn at once, it is one of these: round %i', async (round) => {
      const at = await asked(round, 'either');
      const before = Number(await versionOf(round));
      const [approve, reject, withdraw] = await Promise.all([
        send(0, people[0] ?? '', 'POST', `${at}/approve`),
        send(1, people[1] ?? '', 'POST', `${at}/reject`),
        send(0, script, 'POST', `${at}/withdraw`),
      ]);
      expect(statuses([approve, reject, withdraw])).toEqual([200, 409, 409]);
      expect(await versionOf(round)).toBe(before + (approve.status === 200 ? 1 : 0));
    });

    it.each(ROUNDS)(
      'two changes of one client at once: one is made, the other must be asked for again: round %i',
      async (round) => {
        const both = [await asked(round, 'this'), await asked(round, 'that')];
        const before = Number(await versionOf(round));
        const answers = await Promise.all(
          both.map((at, index) => send(index, people[index] ?? '', 'POST', `${at}/approve`)),
        );
        expect(statuses(answers)).toEqual([200, 409]);
        expect(await versionOf(round)).toBe(before + 1);
      },
    );
  },
);
