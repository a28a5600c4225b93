import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { aClient, aUser, type GivenUser } from '../support/given.js';
import { startService, type TestService } from '../support/start-service.js';
import { aVisitor, signIn, startChromium, type Visitor } from './support/chromium.js';

/** Passes a question on to the frame beside it, when it is told to, and repeats aloud what it hears itself. */
const ASKS_FOR_OTHERS = `window.addEventListener('message', function (event) {
  if (event.source === parent) {
    parent.frames[0].postMessage(event.data.asked, event.data.target);
    parent.postMessage('asked', '*');
  } else parent.postMessage('heard ' + event.data, '*');
});`;
const APPLICATION = `<!doctype html><title>Application</title><script>if (parent !== window) ${ASKS_FOR_OTHERS}</script>`;

describe('a page of an application that asks whether its user is still signed in', () => {
  let service: TestService;
  let browser: Browser;
  let pages: Server;
  let bare: BareClient;
  let alice: GivenUser;
  let visitor: Visitor;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({ env: { SESSION_MANAGEMENT: 'on' } }), startChromium()]);
    pages = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(APPLICATION);
    });
    // Of the same site as the service: over http browsers give cookies to no frame of another.
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    const callback = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/callback`;
    bare = new BareClient(service, await aClient(service, { redirectUris: [callback] }));
  });
  afterAll(async () => {
    await browser.close();
    pages.closeAllConnections();
    await new Promise((resolve) => pages.close(resolve));
    await service.close();
  });
  beforeEach(async () => {
    alice = await aUser(service);
    visitor = await aVisitor(browser);
  });
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  /** Signs in, and answers the page of the application with the state that it got. */
  async function signedIn(): Promise<{ page: Page; state: string }> {
    const { page } = visitor;
    await page.goto(bare.request().url);
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(/\/callback\?/);
    return { page, state: new URL(page.url()).searchParams.get('session_state') ?? '' };
  }

  /** What the check-session page says to these messages, in this order (OIDC Session Management §3.1). */
  function ask(page: Page, messages: readonly unknown[]): Promise<string[]> {
    const frameUrl = service.url('/oauth2/check-session');
    return page.evaluate(
      async ([url, questions]) => {
        const frame = document.createElement('iframe');
        const loaded = new Promise((resolve) => {
          frame.onload = resolve;
        });
        frame.src = url;
        document.body.append(frame);
        await loaded;
        const answers: string[] = [];
        const done = new Promise<void>((resolve) => {
          window.addEventListener('message', ({ data, source, origin }) => {
            if (source !== frame.contentWindow || origin !== new URL(url).origin) return;
            answers.push(String(data));
            if (answers.length === questions.filter((question) => typeof question === 'string').length) resolve();
          });
        });
        for (const question of questions) frame.contentWindow?.postMessage(question, new URL(url).origin);
        await done;
        frame.remove();
        return answers;
      },
      [frameUrl, messages] as const,
    );
  }

  it('hears unchanged, and changed once the user has signed out (OIDC Session Management §3.1, §3.2)', async () => {
    const { page, state } = await signedIn();
    const question = `${bare.client.clientId} ${state}`;
    expect(await ask(page, [question])).toEqual(['unchanged']);
    const other = await visitor.context.newPage();
    await other.goto(service.url('/oauth2/logout'));
    await other.click('#logout-confirm');
    expect(await ask(page, [question])).toEqual(['changed']);
  });

  it('is the only one that hears anything: no frame of another origin beside it does (OIDC Session Management §3.2)', async () => {
    const { page, state } = await signedIn();
    const beside = page.url().replace('127.0.0.1', 'localhost');
    const question = `${bare.client.clientId} ${state}`;
    const heard = await page.evaluate(
      async ([url, elsewhere, asked]) => {
        const load = async (src: string) => {
          const frame = document.createElement('iframe');
          frame.src = src;
          const loaded = new Promise((resolve) => {
            frame.onload = resolve;
          });
          document.body.append(frame);
          await loaded;
          return frame;
        };
        const [session, stranger] = [await load(url), await load(elsewhere)];
        const answers: string[] = [];
        await new Promise<void>((resolve) => {
          const target = new URL(url).origin;
          const begin = () => stranger.contentWindow?.postMessage({ target, asked }, '*');
          window.addEventListener('message', ({ data, source }) => {
            const own = source === session.contentWindow;
            answers.push(own ? 'answered' : String(data));
            if (data === 'asked') session.contentWindow?.postMessage(asked, target);
            else if (answers.length > 4) resolve();
            else if (own) begin();
          });
          begin();
        });
        return answers;
      },
      [service.url('/oauth2/check-session'), beside, question] as const,
    );
    expect(heard).toEqual(['asked', 'answered', 'asked', 'answered', 'asked', 'answered']);
  });

  it('hears error for what is no question, and nothing for what is no text', async () => {
    const { page, state } = await signedIn();
    const questions = [{ a: 1 }, 'nonsense', 7, `${bare.client.clientId} ${state}`, null, `other ${state}`];
    expect(await ask(page, questions)).toEqual(['error', 'unchanged', 'changed']);
  });
});
