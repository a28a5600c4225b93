import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { GroupsService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { givenFrom, selfRegistered } from '../support/self-registered.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const APPS = '/account/apps';

onEveryDatabase(
  'my applications',
  (running) => {
    async function signedIn(user: GivenUser): Promise<{ browser: UserAgent; page: Visit }> {
      const browser = aBrowser(running.service);
      return { browser, page: await signIn(browser, await browser.visit(APPS), user) };
    }

    const linksOn = (page: Visit): string[] =>
      page.html.tags
        .filter(({ name, attributes }) => name === 'a' && (attributes.get('href') ?? '').startsWith('https:'))
        .map(({ attributes }) => attributes.get('href') ?? '');

    /** The names in the order of the page. */
    const namesOn = (page: Visit, names: readonly string[]): string[] =>
      names
        .filter((name) => page.html.words.includes(name))
        .sort((one, other) => page.html.words.indexOf(one) - page.html.words.indexOf(other));

    it('lists what the user may use, and nothing that is for others, for machines, disabled or not to be listed', async () => {
      const { service } = running;
      const group = uniqueName('travellers');
      await service.app.get(GroupsService, { strict: false }).create({ name: group });
      const name = {
        open: uniqueName('Open'),
        ours: uniqueName('Ours'),
        theirs: uniqueName('Theirs'),
        machine: uniqueName('Machine'),
        off: uniqueName('Off'),
        quiet: uniqueName('Quiet'),
      };
      await aClient(service, { clientName: name.open });
      await aClient(service, { clientName: name.ours, allowedGroups: [group] });
      await aClient(service, { clientName: name.theirs, allowedGroups: [] });
      await aMachine(service, [], { clientName: name.machine });
      await aClient(service, { clientName: name.off, status: 'disabled' });
      await aClient(service, { clientName: name.quiet, listed: false });

      const member = await signedIn(await aUser(service, { groups: [group] }));
      const find = async (browser: UserAgent, text: string) => browser.visit(`${APPS}?q=${encodeURIComponent(text)}`);
      const seen = async (browser: UserAgent): Promise<string[]> => {
        const found: string[] = [];
        for (const each of Object.values(name)) {
          const page = await find(browser, each);
          if (!page.html.words.includes('Nothing of that name')) found.push(each);
        }
        return found;
      };
      expect(await seen(member.browser)).toEqual([name.open, name.ours]);
      const stranger = await signedIn(await aUser(service));
      expect(await seen(stranger.browser)).toEqual([name.open]);
    });

    it('opens an application at its own login with our issuer, or at its home (OIDC Core §4)', async () => {
      const { service } = running;
      const [login, home, bad] = [uniqueName('Login'), uniqueName('Home'), uniqueName('Bad')];
      const initiateLoginUri = `https://${login}.example/start?tenant=1`;
      await aClient(service, { clientName: login, initiateLoginUri, clientUri: 'https://unused.example/' });
      await aClient(service, { clientName: home, clientUri: `https://${home}.example/` });
      await aClient(service, { clientName: bad });
      const { browser } = await signedIn(await aUser(service));
      const links = async (text: string): Promise<string[]> => linksOn(await browser.visit(`${APPS}?q=${text}`));
      const [start] = await links(login);
      expect([...new URL(start ?? '').searchParams]).toEqual([
        ['tenant', '1'],
        ['iss', service.issuer],
      ]);
      expect(await links(home)).toEqual([`https://${home.toLowerCase()}.example/`]);
      expect(await links(bad)).toEqual([]);
    });

    it('has the last used first, also on the first page of the account', async () => {
      const { service } = running;
      const prefix = uniqueName('Sorted');
      const [first, second, third] = [`${prefix} a`, `${prefix} b`, `${prefix} c`];
      const group = uniqueName('sorters');
      await service.app.get(GroupsService, { strict: false }).create({ name: group });
      const alice = await aUser(service, { groups: [group] });
      const clients = new Map<string, BareClient>();
      for (const clientName of [first, second, third]) {
        clients.set(
          clientName,
          new BareClient(service, await aClient(service, { clientName, allowedGroups: [group] })),
        );
      }
      const { browser } = await signedIn(alice);
      await clients.get(third)?.signIn(browser, alice);
      service.clock.advance('61s');
      await clients.get(second)?.signIn(browser, alice);
      const found = await browser.visit(`${APPS}?q=${encodeURIComponent(prefix)}`);
      expect(namesOn(found, [first, second, third])).toEqual([second, third, first]);
      expect(namesOn(await browser.visit('/account'), [second, third])).toEqual([second, third]);
    });

    it('has what registered itself only once the user has let it in', async () => {
      const { service } = running;
      const clientName = uniqueName('Elsewhere');
      const client = await selfRegistered(service, { client_name: clientName });
      const alice = await aUser(service);
      const { browser } = await signedIn(alice);
      const page = (): Promise<Visit> => browser.visit(`${APPS}?q=${clientName}`);
      expect((await page()).html.words).toContain('Nothing of that name');
      await new BareClient(service, givenFrom(client)).signIn(browser, alice);
      expect((await page()).html.words).not.toContain('Nothing of that name');
    });

    it('shows names and searches as text only', async () => {
      const { service } = running;
      const clientName = `${uniqueName('X')}<img src=x onerror=alert(1)>`;
      await aClient(service, { clientName });
      const { browser } = await signedIn(await aUser(service));
      for (const search of [clientName.slice(0, 8), '"><script>alert(1)</script>']) {
        const page = await browser.visit(`${APPS}?q=${encodeURIComponent(search)}`);
        expect(page.status).toBe(200);
        expect(page.html.source).not.toMatch(/<img src=x|<script>alert/);
      }
    });

    it('asks strangers to sign in, and takes a search that cannot be read for none', async () => {
      const stranger = aBrowser(running.service);
      expect((await stranger.visit(APPS)).url.pathname).toBe('/sign-in');
      const { browser } = await signedIn(await aUser(running.service));
      expect((await browser.visit(`${APPS}?q=%ff`)).status).toBe(200);
    });

    it('forgets a client the moment it is gone', async () => {
      const { service } = running;
      const clientName = uniqueName('Gone');
      const { clientId } = await aClient(service, { clientName });
      const { browser } = await signedIn(await aUser(service));
      expect((await browser.visit(`${APPS}?q=${clientName}`)).html.words).not.toContain('Nothing of that name');
      await service.app.get(ClientsService, { strict: false }).delete(clientId);
      service.clock.advance('2s');
      expect((await browser.visit(`${APPS}?q=${clientName}`)).html.words).toContain('Nothing of that name');
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
