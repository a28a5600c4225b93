import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PasswordHasher } from '#platform/crypto/index.js';
import { OutboxCourier } from '#platform/events/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { FakeProvider } from '../support/fake-provider.js';
import { aBrowser, aClient, aUser, uniqueName } from '../support/given.js';
import { answered, mailsTo } from '../support/mailbox.js';
import { signIn } from '../support/signing-in.js';
import { StatementCount } from '../support/statement-count.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const env: NodeJS.ProcessEnv = { SIGN_UP: 'invite' };
let fake: FakeProvider;

beforeAll(async () => {
  fake = await FakeProvider.start();
  Object.assign(env, fake.env);
});
afterAll(() => fake.close());
afterEach(() => {
  vi.restoreAllMocks();
});

/** What is the same for everybody: what is answered, and what is done for it. */
interface Answer {
  readonly statements: number;
  readonly commits: number;
  readonly hashes: number;
  readonly hops: readonly number[];
  readonly words: string;
  readonly headers: readonly string[];
}

/** Looks at answers to the same question about different names: first once for nothing, as the first answer fills caches. */
class Questions {
  readonly #count: StatementCount;

  constructor(private readonly running: Running) {
    this.#count = new StatementCount(running.service);
  }

  /** The answer, with what was typed left out of its words. */
  async ask(typed: string, work: () => Promise<Visit>): Promise<Answer> {
    const hasher = this.running.service.app.get(PasswordHasher, { strict: false });
    const spies = [vi.spyOn(hasher, 'verify'), vi.spyOn(hasher, 'verifyDummy')];
    const visits: Visit[] = [];
    const cost = await this.#count.of(async () => visits.push(await work()));
    const hashes = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    const [visit] = visits;
    if (visit === undefined) throw new Error('there is no answer');
    return {
      ...cost,
      hashes,
      hops: visit.hops.map(({ status }) => status),
      words: visit.html.words.replaceAll(typed, '<typed>'),
      headers: [...visit.headers.keys()].sort(),
    };
  }
}

function expectAlike([, ...answers]: readonly Answer[]): void {
  expect(answers.length).toBeGreaterThan(1);
  for (const each of answers) expect(each).toEqual(answers[0]);
}

onEveryDatabase(
  'whether somebody has an account shows neither in text, nor in status, nor in work:',
  (running) => {
    const users = () => running.service.app.get(UsersService, { strict: false });
    const someone = () => `${uniqueName('someone')}@mail.example`;

    async function aDisabledUser() {
      const user = await aUser(running.service);
      await users().update(user.id, { status: 'disabled' });
      return user;
    }

    /** Requests are answered by mail later; nobody waits for that. */
    async function quietly(work: () => Promise<void>): Promise<void> {
      const courier = running.service.app.get(OutboxCourier, { strict: false });
      await answered(running.service);
      const later = vi.spyOn(courier, 'hurry').mockImplementation(() => undefined);
      await work();
      later.mockRestore();
      await courier.deliverDue(new AbortController().signal);
    }

    it('signing in with a wrong password, by name and by address', async () => {
      const [alice, disabled] = [await aUser(running.service), await aDisabledUser()];
      const bare = uniqueName('bare');
      await users().create({ username: bare });
      const names = ['nobody-at-first', alice.username, alice.claims.email ?? '', uniqueName('nobody'), someone()];
      const [questions, answers] = [new Questions(running), [] as Answer[]];
      for (const username of [...names, disabled.username, bare]) {
        const browser = aBrowser(running.service);
        const page = await browser.visit('/sign-in');
        const submit = () => browser.submit(page, '#sign-in', { username, password: 'not the right one' });
        answers.push(await questions.ask(username, submit));
      }
      expectAlike(answers);
      expect(answers[1]).toMatchObject({ hops: [422], hashes: 1 });
    });

    it('arriving at the sign-in page with somebody’s name as a hint: the same passkey question for all', async () => {
      const [alice, client] = [await aUser(running.service), await aClient(running.service)];
      const bare = new BareClient(running.service, client);
      const [questions, answers] = [new Questions(running), [] as Answer[]];
      for (const hint of ['nobody-at-first', alice.username, alice.claims.email ?? '', uniqueName('nobody')]) {
        const browser = aBrowser(running.service);
        const { url } = bare.request({ login_hint: hint });
        let page: Visit | undefined;
        answers.push(await questions.ask(hint, async () => (page = await browser.visit(url, { site: 'cross-site' }))));
        expect(page?.html.source).not.toContain('allowCredentials');
      }
      expectAlike(answers);
    });

    it('asking for an account where only the invited may have one', async () => {
      const api = await AdminApi.of(running.service);
      const [alice, disabled, invited] = [await aUser(running.service), await aDisabledUser(), someone()];
      await api.made('/invitations', { email: invited });
      const addresses = [someone(), alice.claims.email ?? '', disabled.claims.email ?? '', invited, someone()];
      await quietly(async () => {
        const [questions, answers] = [new Questions(running), [] as Answer[]];
        for (const email of addresses) {
          const browser = aBrowser(running.service);
          const page = await browser.visit('/sign-up');
          answers.push(await questions.ask(email, () => browser.submit(page, '#sign-up', { email })));
        }
        expectAlike(answers);
      });
    });

    it('giving the own account an address that is somebody’s, or a disabled user’s, or free', async () => {
      const [alice, bob, disabled] = [
        await aUser(running.service),
        await aUser(running.service),
        await aDisabledUser(),
      ];
      const browser = aBrowser(running.service);
      await signIn(browser, await browser.visit('/sign-in'), alice);
      const page = await browser.visit('/account/email');
      const free = someone();
      await quietly(async () => {
        const [questions, answers] = [new Questions(running), [] as Answer[]];
        for (const email of [someone(), bob.claims.email ?? '', disabled.claims.email ?? '', free]) {
          answers.push(await questions.ask(email, () => browser.submit(page, '#change-email', { email })));
        }
        expectAlike(answers);
      });
      const subjects = async (address: string) =>
        (await mailsTo(running.service, address)).map(({ subject }) => subject);
      expect(await subjects(bob.claims.email ?? '')).toEqual(['Your address is in use already']);
      expect(await subjects(free)).toEqual(['Confirm your new e-mail address']);
    });

    it('coming from a provider with an address that it has not verified, or does not speak for', async () => {
      const alice = await aUser(running.service);
      const issuer = fake.url('/existence');
      fake.discover('/existence', issuer);
      const provider = await aProvider(running.service, {
        ...{ preset: 'oidc', slug: uniqueName('existence'), issuer, clientId: 'gatehouse' },
        clientSecret: 'shared-with-the-provider',
      });
      const arrive = async (browser: UserAgent, claims: object): Promise<() => Promise<Visit>> => {
        const page = await browser.visit('/sign-in');
        const href = page.html.find(`idp-${provider.slug}`)?.attributes.get('href') ?? '';
        const { leftFor } = await browser.visit(href);
        const asked = leftFor ?? new URL(issuer);
        const now = running.service.clock.epochSeconds();
        const token = await fake.idToken({
          ...{ iss: issuer, aud: 'gatehouse', sub: uniqueName('there'), iat: now, exp: now + 300 },
          nonce: asked.searchParams.get('nonce'),
          ...claims,
        });
        fake.on('/token', () => ({ access_token: 'at', token_type: 'bearer', id_token: token }));
        const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({ code: 'c', state: asked.searchParams.get('state') ?? '' }).toString();
        return () => browser.visit(back, { site: 'cross-site' });
      };
      for (const verified of [false, true]) {
        const [questions, answers] = [new Questions(running), [] as Answer[]];
        for (const email of [someone(), alice.claims.email ?? '', someone()]) {
          const land = await arrive(aBrowser(running.service), { email, email_verified: verified });
          answers.push(await questions.ask(email, land));
        }
        expectAlike(answers);
        expect(answers[1]?.words).toContain('Sign in');
      }
    });
  },
  { env },
);
