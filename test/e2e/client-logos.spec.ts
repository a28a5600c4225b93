import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, CALLBACK, uniqueName } from '../support/given.js';
import { OutsideServer, type OutsideDocument } from '../support/outside-server.js';
import { givenFrom, selfRegistered } from '../support/self-registered.js';
import { signIn } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

/** The smallest pictures, or at least beginnings, of their kinds. */
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), deflateSync(Buffer.alloc(8))]);
const JPEG = Buffer.from('\xff\xd8\xff\xe0\x00\x10JFIF', 'latin1');
const GIF = Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1');
const WEBP = Buffer.from('RIFF\x1a\x00\x00\x00WEBPVP8L', 'latin1');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

let outside: OutsideServer;
const env: NodeJS.ProcessEnv = { CLIENT_REGISTRATION: 'open' };

beforeAll(async () => {
  outside = await OutsideServer.start();
  Object.assign(env, outside.env);
});
afterAll(() => outside.close());

/** The addresses of the pictures of a page, beside the company's own. */
function pictures({ html }: Pick<Visit, 'html'>): string[] {
  const images = html.tags.filter(({ name }) => name === 'img');
  return images.map(({ attributes }) => attributes.get('src') ?? '').filter((src) => !src.includes('/assets/'));
}

onEveryDatabase(
  'logos of clients (OIDC Registration §2)',
  (running) => {
    /** Puts a document there and sees the sign-in page of a client whose logo it is. */
    async function aPage(document: OutsideDocument) {
      const { service } = running;
      const path = `/${uniqueName('logo')}`;
      const logoUri = outside.put(path, document);
      const client = await aClient(service, { logoUri });
      const page = await aBrowser(service).visit(new BareClient(service, client).request().url, { site: 'cross-site' });
      const [src = ''] = pictures(page);
      return { path, client, page, src, logo: (): Promise<Response> => fetch(new URL(src, service.issuer)) };
    }

    it('are on the sign-in and the consent page, vetted or not, as pictures of our own (RFC 9700 §4.2.4)', async () => {
      const { service } = running;
      const logo_uri = outside.put(`/${uniqueName('logo')}`, { type: 'image/png', body: PNG });
      const registered = givenFrom(await selfRegistered(service, { logo_uri }));
      for (const client of [await aClient(service, { logoUri: logo_uri }), registered]) {
        const [bare, alice, browser] = [new BareClient(service, client), await aUser(service), aBrowser(service)];
        const page = await browser.visit(bare.request().url, { site: 'cross-site' });
        const consent = await signIn(browser, page, alice);
        for (const { html } of [page, consent]) {
          const [src = ''] = pictures({ html });
          expect(src).toMatch(/^\/client-logos\//);
          expect(html.source).not.toContain(logo_uri);
          const answer = await fetch(service.url(src));
          expect(answer.status).toBe(200);
          expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
        }
      }
    });

    it('come with headers that make nothing else of them', async () => {
      const { logo } = await aPage({ type: 'image/png', body: PNG });
      const { headers } = await logo();
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'public, max-age=86400',
      });
      expect(headers.get('set-cookie')).toBeNull();
    });

    it.each([
      ['image/png', PNG],
      ['image/jpeg', JPEG],
      ['image/gif', GIF],
      ['image/webp', WEBP],
    ])('may be %s, told by their first bytes', async (type, body) => {
      const { logo } = await aPage({ type: 'image/png', body });
      const answer = await logo();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    });

    it.each<[string, OutsideDocument]>([
      ['SVG', { type: 'image/svg+xml', body: SVG }],
      ['SVG that is called PNG', { type: 'image/png', body: SVG }],
      ['a page', { type: 'text/html', body: PNG }],
      ['a page that is called PNG', { type: 'image/png', body: '<html><script>alert(1)</script></html>' }],
      ['longer than 64 KiB', { type: 'image/png', body: Buffer.concat([PNG, Buffer.alloc(65_536)]) }],
      ['elsewhere', { status: 302, headers: { location: '/elsewhere' } }],
      ['missing', { status: 404 }],
    ])('are not shown when they are %s; the page is', async (_what, document) => {
      const { page, logo } = await aPage(document);
      expect([page.status, page.html.has('#sign-in')]).toEqual([200, true]);
      expect((await logo()).status).toBe(404);
    });

    it('that are of no use are in the log by their host alone, as the rest of an address may be a secret', async () => {
      const { path, logo } = await aPage({ status: 500 });
      await logo();
      const { host } = new URL(outside.put(path, { status: 500 }));
      expect(running.service.logs.text).toContain(`a logo of ${host} is of no use`);
      expect(running.service.logs.text).not.toContain(path);
    });

    it('are asked for when a browser wants to see them, not by the page', async () => {
      const { path } = await aPage({ type: 'image/png', body: PNG });
      expect(outside.count(path)).toBe(0);
    });

    it('are fetched once for all, kept for a day, and asked for again five minutes after a failure', async () => {
      const good = await aPage({ type: 'image/png', body: PNG });
      await Promise.all(Array.from({ length: 5 }, good.logo));
      expect(outside.count(good.path)).toBe(1);
      const bad = await aPage({ status: 500 });
      for (let times = 0; times < 3; times += 1) expect((await bad.logo()).status).toBe(404);
      expect(outside.count(bad.path)).toBe(1);
      outside.put(bad.path, { type: 'image/png', body: PNG });
      running.service.clock.advance('5m');
      expect((await bad.logo()).status).toBe(200);
      expect((await good.logo()).status).toBe(200);
      expect([outside.count(bad.path), outside.count(good.path)]).toEqual([2, 1]);
      running.service.clock.advance('24h');
      await good.logo();
      expect(outside.count(good.path)).toBe(2);
    });

    it('are those of now: an address of one that was replaced, or of a disabled client, shows nothing', async () => {
      const { client, logo } = await aPage({ type: 'image/png', body: PNG });
      const clients = running.service.app.get(ClientsService, { strict: false });
      await clients.update(client.clientId, { logoUri: outside.url('/another') });
      expect((await logo()).status).toBe(404);
      const other = await aPage({ type: 'image/png', body: PNG });
      await clients.update(other.client.clientId, { status: 'disabled' });
      expect((await other.logo()).status).toBe(404);
      for (const path of ['/client-logos/nobody/version', `/client-logos/${client.clientId}/..%2f..%2fetc`]) {
        expect((await fetch(running.service.url(path))).status).toBe(404);
      }
    });

    it('are nowhere for clients without one', async () => {
      const { service } = running;
      const bare = new BareClient(service, await aClient(service));
      const page = await aBrowser(service).visit(bare.request().url, { site: 'cross-site' });
      expect(pictures(page)).toEqual([]);
    });

    it('belong to clients whose ids have any characters', async () => {
      const { service } = running;
      const logoUri = outside.put(`/${uniqueName('logo')}`, { type: 'image/png', body: PNG });
      const client = await aClient(service, { clientId: `https://a/b?c=%2F&${uniqueName('d')}`, logoUri });
      const page = await aBrowser(service).visit(new BareClient(service, client).request().url, { site: 'cross-site' });
      expect((await fetch(service.url(pictures(page)[0] ?? ''))).status).toBe(200);
    });

    it('stand beside links to policy and terms that tell the other side nothing (OIDC Registration §2)', async () => {
      const { service } = running;
      const [policy_uri, tos_uri] = ['https://trips.example/policy', 'https://trips.example/terms'];
      const client = givenFrom(await selfRegistered(service, { policy_uri, tos_uri, redirect_uris: [CALLBACK] }));
      const [bare, alice, browser] = [new BareClient(service, client), await aUser(service), aBrowser(service)];
      const page = await browser.visit(bare.request().url, { site: 'cross-site' });
      for (const { html } of [page, await signIn(browser, page, alice)]) {
        const links = html.tags.filter(({ attributes }) =>
          [policy_uri, tos_uri].includes(attributes.get('href') ?? ''),
        );
        expect(links.map(({ attributes }) => attributes.get('rel'))).toEqual(Array(2).fill('noopener noreferrer'));
      }
    });
  },
  { env },
);

onEveryDatabase(
  'logos below the path of an issuer',
  (running) => {
    it('are linked to where they are', async () => {
      const { service } = running;
      const client = await aClient(service, { logoUri: outside.put('/p', { type: 'image/png', body: PNG }) });
      const page = await aBrowser(service).visit(new BareClient(service, client).request().url, { site: 'cross-site' });
      const [src = ''] = pictures(page);
      expect(src).toMatch(/^\/login\/client-logos\//);
      expect((await fetch(new URL(src, service.issuer))).status).toBe(200);
    });
  },
  { env: (port) => ({ ...env, ISSUER: `http://127.0.0.1:${port}/login` }) },
);
