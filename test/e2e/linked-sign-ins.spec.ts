import { afterAll, beforeAll, expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { FederatedIdentities } from '#federation/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aUser, type GivenUser } from '../support/given.js';
import { mailTo } from '../support/mailbox.js';
import { signIn, signOut } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider, TwoSidedBrowser } from '../support/upstream-gatehouse.js';
import type { Visit } from '../support/user-agent.js';

const LINKS = '/account/identities';
const clock = new FrozenClock();
const env: NodeJS.ProcessEnv = {};
let upstream: TestService;

beforeAll(async () => {
  upstream = await startService({ clock });
  env['OUTBOUND_ALLOW'] = new URL(upstream.issuer).host;
});
afterAll(() => upstream.close());

onEveryDatabase(
  'linked sign-ins',
  (running) => {
    interface Story {
      readonly alice: GivenUser;
      readonly there: GivenUser;
      readonly agent: TwoSidedBrowser;
      readonly page: Visit;
      readonly given: Awaited<ReturnType<typeof aGatehouseAsProvider>>;
    }

    const linksOf = ({ id }: GivenUser) =>
      running.service.app.get(FederatedIdentities, { strict: false }).listByUser(id);

    async function atLinks(given?: Story['given']): Promise<Story> {
      const alice = await aUser(running.service);
      const agent = new TwoSidedBrowser(running.service, upstream);
      const chosen = given ?? (await aGatehouseAsProvider(running.service, upstream, { title: 'Partner' }));
      const page = await signIn(agent.here, await agent.here.visit(LINKS), alice);
      return { alice, agent, page, given: chosen, there: await aUser(upstream) };
    }

    /** Goes to the provider and comes back to where it is asked whether to link. */
    async function proven({ agent, page, given, there }: Story): Promise<Visit> {
      const answer = await agent.fetchAnswer(await agent.here.visit(page.url), given.provider, there);
      return agent.here.visit(answer, { site: 'cross-site' });
    }

    async function linked(): Promise<Story> {
      const story = await atLinks();
      const page = await story.agent.here.submit(await proven(story), '#link-account');
      return { ...story, page };
    }

    /** The same browser here, with a browser there in which nobody is signed in. */
    function fresh({ here }: TwoSidedBrowser): TwoSidedBrowser {
      const { there } = new TwoSidedBrowser(running.service, upstream);
      return Object.assign(Object.create(TwoSidedBrowser.prototype) as TwoSidedBrowser, { here, there });
    }

    const rowsOn = ({ html }: Visit) =>
      html.tags.filter(({ attributes }) => attributes.get('value') === 'unlink').length;

    it('are linked after a sign-in there and a yes here, told by mail, and lead in from then on', async () => {
      const story = await atLinks();
      const { alice, there, agent, given } = story;
      const asked = await proven(story);
      expect([asked.status, asked.url.pathname]).toEqual([200, LINKS]);
      expect(asked.html.words).toContain(String(there.claims.email));
      expect(await linksOf(alice)).toEqual([]);
      const done = await agent.here.submit(asked, '#link-account');
      expect([done.status, done.url.search, rowsOn(done)]).toEqual([200, '?done=linked', 1]);
      expect(await linksOf(alice)).toMatchObject([{ subject: there.id, providerId: given.provider.id }]);
      expect((await mailTo(running.service, String(alice.claims.email))).text).toContain('a linked account');
      const other = new TwoSidedBrowser(running.service, upstream);
      const answer = await other.fetchAnswer(await other.here.visit('/sign-in'), given.provider, there);
      expect((await other.here.visit(answer, { site: 'cross-site' })).html.words).toContain(alice.username);
    });

    it('are not linked without a yes, and what waits is offered to nobody else who signs in in that browser', async () => {
      const story = await atLinks();
      const { alice, agent } = story;
      const asked = await proven(story);
      const bob = await aUser(running.service);
      expect(asked.html.has('#link-account')).toBe(true);
      await signOut(agent.here, running.service);
      const elsewhere = await signIn(agent.here, await agent.here.visit('/sign-in?return_to=/account/apps'), bob);
      expect(elsewhere.url.pathname).not.toBe('/federation/link');
      expect((await agent.here.visit(LINKS)).html.has('#link-account')).toBe(false);
      expect(await linksOf(bob)).toEqual([]);
      expect(await linksOf(alice)).toEqual([]);
    });

    it('are forgotten when the user does not want them', async () => {
      const story = await atLinks();
      const skipped = await story.agent.here.submit(await proven(story), '#skip-link');
      expect([skipped.status, skipped.html.has('#link-account')]).toEqual([200, false]);
      expect(await linksOf(story.alice)).toEqual([]);
    });

    it('take a sign-in within the last five minutes, to leave, to link and to unlink', async () => {
      const story = await atLinks();
      const { agent, given, page } = story;
      clock.advance('6m');
      const left = await agent.here.visit(`${LINKS}/${given.provider.slug}`);
      expect([left.url.pathname, left.url.searchParams.get('return_to')]).toEqual(['/sign-in', LINKS]);
      const back = await signIn(agent.here, left, story.alice);
      const asked = await proven({ ...story, page: back });
      clock.advance('6m');
      expect((await agent.here.submit(asked, '#link-account')).url.pathname).toBe('/sign-in');
      expect(await linksOf(story.alice)).toEqual([]);
      expect(page.status).toBe(200);
    });

    it('come back to the session that left, and to no other (RFC 9700 §4.7)', async () => {
      const story = await atLinks();
      const { agent, given, there } = story;
      const answer = await agent.fetchAnswer(story.page, given.provider, there);
      const bob = await aUser(running.service);
      await signOut(agent.here, running.service);
      await signIn(agent.here, await agent.here.visit('/sign-in'), bob);
      const refused = await agent.here.visit(answer, { site: 'cross-site' });
      expect(refused.status).toBe(400);
      expect((await agent.here.visit(LINKS)).html.has('#link-account')).toBe(false);
    });

    it('say what went wrong: refused there, not allowed in, somebody else’s', async () => {
      const story = await atLinks();
      const { agent, given } = story;
      const asked = await agent.depart(story.page, given.provider);
      const { leftFor } = await agent.there.submit(await agent.there.visit(asked), '#cancel');
      const denied = await agent.here.visit(leftFor ?? '', { site: 'cross-site' });
      expect([denied.url.pathname, denied.html.text('#form-error')]).toEqual([
        LINKS,
        expect.stringContaining('did not go through'),
      ]);
      const narrow = await aGatehouseAsProvider(running.service, upstream, { allowedDomains: ['corp.example'] });
      const outside = await proven(await atLinks(narrow));
      expect(outside.url.search).toBe('?upstream=not-allowed');
      const { there, given: same } = await linked();
      const second = await atLinks(same);
      const taken = await second.agent.here.submit(await proven({ ...second, there }), '#link-account');
      expect([taken.status, taken.html.text('#form-error')]).toEqual([422, expect.stringContaining('already')]);
      expect(await linksOf(second.alice)).toEqual([]);
    });

    it('are unlinked, but never the last way to sign in', async () => {
      const { alice, agent, page } = await linked();
      const passwords = running.service.app.get(PasswordsService, { strict: false });
      const done = await agent.here.submit(page, 'action=unlink');
      expect([done.url.search, rowsOn(done)]).toEqual(['?done=unlinked', 0]);
      const relinked = await linked();
      await passwords.takeAway(relinked.alice.id);
      const kept = await relinked.agent.here.submit(relinked.page, 'action=unlink');
      expect([kept.status, kept.html.text('#form-error')]).toEqual([422, expect.stringContaining('need this link')]);
      expect(await linksOf(relinked.alice)).toHaveLength(1);
      expect(await linksOf(alice)).toEqual([]);
    });

    it('are given up one after the other, so that of two at once one stays', async () => {
      const first = await linked();
      const other = await aGatehouseAsProvider(running.service, upstream);
      const there = await aUser(upstream);
      const asked = await proven({ ...first, given: other, there, agent: fresh(first.agent) });
      const page = await first.agent.here.submit(asked, '#link-account');
      await running.service.app.get(PasswordsService, { strict: false }).takeAway(first.alice.id);
      const links = await linksOf(first.alice);
      expect(links).toHaveLength(2);
      const answers = await Promise.all(links.map(({ id }) => first.agent.here.submit(page, 'action=unlink', { id })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect(await linksOf(first.alice)).toHaveLength(1);
    });

    it('of others are out of reach', async () => {
      const [mine, others] = [await linked(), await linked()];
      const [link] = await linksOf(others.alice);
      const csrf = mine.page.html.tags.find(({ attributes }) => attributes.get('name') === 'csrf');
      await mine.agent.here.post(LINKS, {
        csrf: csrf?.attributes.get('value') ?? '',
        action: 'unlink',
        id: link?.id ?? '',
      });
      expect(await linksOf(others.alice)).toHaveLength(1);
      expect(await linksOf(mine.alice)).toHaveLength(1);
    });
  },
  { clock, env },
);
