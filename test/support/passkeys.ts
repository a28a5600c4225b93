import { press, type Filling } from './form.js';
import type { GivenUser } from './given.js';
import { signIn } from './signing-in.js';
import { SoftwareAuthenticator, type Deviation, type Make } from './software-authenticator.js';
import type { UserAgent, Visit } from './user-agent.js';

/** Passkeys need a name for a host; an address has none (WebAuthn §4, RP ID). */
export const ON_A_NAMED_HOST = { env: (port: number) => ({ ISSUER: `http://localhost:${port}` }) };

type Asked = Parameters<SoftwareAuthenticator['register']>[0];

/** A service with pages, however it was started. */
interface Site {
  readonly issuer: string;
}

const page = ({ issuer }: Site, path: string): string => issuer + path;

/** What a page asks the browser to do with passkeys. */
export function askedOn(page: Visit): Asked {
  const box = page.html.tags.find(({ attributes }) => attributes.has('data-passkey'));
  if (box === undefined) throw new Error(`the page asks for no passkey: ${page.html.words.slice(0, 400)}`);
  return JSON.parse(box.attributes.get('data-options') ?? '') as Asked;
}

/** Sends the form of the page with an answer of an authenticator, as the script of the page does. */
export function answer(browser: UserAgent, page: Visit, posted: string, filling: Filling = {}): Promise<Visit> {
  const { action, entries } = press(page.html, '#passkey', filling);
  const filled = entries.map(([name, value]) => [name, name === 'passkey' ? posted : value] as const);
  return browser.post(new URL(action, page.url), filled);
}

/** Signs in at the page with a passkey and nothing else. */
export function signInByPasskey(
  browser: UserAgent,
  page: Visit,
  authenticator: SoftwareAuthenticator,
  deviation: Deviation = {},
): Promise<Visit> {
  return answer(browser, page, authenticator.sign(askedOn(page), deviation));
}

/** Makes a passkey for whoever is signed in with the browser. */
export async function addPasskey(
  service: Site,
  browser: UserAgent,
  make: Make = {},
  { name = '', ...deviation }: Deviation & { readonly name?: string } = {},
): Promise<{ authenticator: SoftwareAuthenticator; page: Visit }> {
  const authenticator = new SoftwareAuthenticator(new URL(service.issuer).origin, make);
  const asking = await browser.visit(page(service, '/account/passkeys'));
  const added = await answer(browser, asking, authenticator.register(askedOn(asking), deviation), { name });
  return { authenticator, page: added };
}

/** Somebody who has signed in with a password just now, and made a passkey. */
export async function aPasskeyHolder(
  service: Site,
  browser: UserAgent,
  user: Pick<GivenUser, 'username' | 'password'>,
  make: Make = {},
): Promise<SoftwareAuthenticator> {
  await signIn(browser, await browser.visit(page(service, '/sign-in')), user);
  const { authenticator, page: added } = await addPasskey(service, browser, make);
  if (added.url.search !== '?done=added') throw new Error(`no passkey was added: ${added.html.words.slice(0, 400)}`);
  return authenticator;
}
