import type { Filling } from './form.js';
import type { GivenUser } from './given.js';
import type { TestService } from './start-service.js';
import type { UserAgent, Visit } from './user-agent.js';

/** How somebody behaves on the pages of a sign-in. */
export interface Behaviour {
  /** What is changed on the consent page before it is allowed, such as which boxes stay ticked. */
  readonly consent?: Filling;
}

const MOST_PAGES = 6;

/** Goes through whatever pages come, as an agreeable user does, until the browser is back at the client. */
export async function throughEveryPage(
  browser: UserAgent,
  start: Visit,
  user: GivenUser,
  { consent = {} }: Behaviour = {},
): Promise<Visit> {
  let visit = start;
  for (let pages = 0; pages < MOST_PAGES && visit.leftFor === undefined; pages++) {
    const { html } = visit;
    if (html.has('#password')) visit = await signIn(browser, visit, user);
    else if (html.has('#consent-allow')) visit = await browser.submit(visit, '#consent-allow', consent);
    else if (html.has('#no-access')) visit = await browser.submit(visit, '#cancel');
    else break;
  }
  return visit;
}

/** Fills in the sign-in page. */
export function signIn(
  browser: UserAgent,
  page: Visit,
  { username, password }: Pick<GivenUser, 'username' | 'password'>,
): Promise<Visit> {
  return browser.submit(page, '#sign-in', { username, password });
}

/** Signs the browser out, with what a client may send along (OIDC RP-Initiated Logout §2). */
export async function signOut(
  browser: UserAgent,
  service: Pick<TestService, 'url'>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Visit> {
  const query = new URLSearchParams(parameters).toString();
  const page = await browser.visit(service.url(`/oauth2/logout${query === '' ? '' : `?${query}`}`), {
    site: 'cross-site',
  });
  const done = await browser.submit(page, '#logout-confirm');
  if (done.leftFor === undefined && done.status !== 200) throw new Error(`no sign-out but ${done.html.words}`);
  return done;
}
