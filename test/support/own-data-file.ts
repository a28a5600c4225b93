import { press } from './form.js';
import type { UserAgent, Visit } from './user-agent.js';

/** Presses the button of the page with one's own data, and takes the file. */
export async function downloadOwnData(browser: UserAgent, page: Visit): Promise<Response> {
  const { action, entries } = press(page.html, '#download', {});
  const url = new URL(action, page.url);
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(entries.map(([name, value]) => [name, value])),
    headers: { cookie: browser.cookies.header(url) ?? '', 'sec-fetch-site': 'same-origin' },
  });
}
