import { decodeJwt } from 'jose';
import { claimTitle, scopeText } from '#views/index.js';
import type { BareClient, SentRequest } from './bare-client.js';
import type { GivenUser } from './given.js';
import { signIn } from './signing-in.js';
import type { UserAgent, Visit } from './user-agent.js';

/** What came of a request that a browser brought. */
export interface CameOf {
  /** The pages that were shown, by their paths. */
  readonly pages: readonly string[];
  /** The source of the consent page, if there was one. */
  readonly consent: Visit | undefined;
  /** What the client was told, whichever way. */
  readonly answer: Readonly<Record<string, string>> | undefined;
}

const MOST_PAGES = 6;

/** Goes through whatever pages come as a user does who does what each asks, and ticks what is said. */
export async function comesOf(
  browser: UserAgent,
  sent: SentRequest,
  user: GivenUser,
  ticked: readonly string[] | undefined,
): Promise<CameOf> {
  let visit = await browser.visit(sent.url, { site: 'cross-site' });
  const pages: string[] = [];
  let consent: Visit | undefined;
  while (visit.leftFor === undefined && pages.length < MOST_PAGES) {
    const path = visit.url.pathname;
    if (pages.includes(path) || path === '/oauth2/authorize') break;
    pages.push(path);
    if (path === '/consent') consent = visit;
    const next = await onward(browser, visit, user, ticked);
    if (next === undefined) break;
    visit = next;
  }
  const { leftFor } = visit;
  const parameters = leftFor && new URLSearchParams(leftFor.hash === '' ? leftFor.search : leftFor.hash.slice(1));
  return { pages, consent, answer: parameters && Object.fromEntries(parameters) };
}

async function onward(
  browser: UserAgent,
  page: Visit,
  user: GivenUser,
  ticked: readonly string[] | undefined,
): Promise<Visit | undefined> {
  const { html } = page;
  if (html.has('#password')) return signIn(browser, page, user);
  if (html.has('#consent-allow')) {
    return browser.submit(page, '#consent-allow', ticked === undefined ? {} : { scope: ticked });
  }
  const account = html.tags.find(({ attributes }) => attributes.get('value') === 'current')?.attributes.get('id');
  return account === undefined ? undefined : browser.submit(page, `#${account}`);
}

/** The boxes of a consent page with the names that they send, and what is marked as new, by the words that users read. */
export function questionsOn({ html }: Visit) {
  const boxes = html.tags.filter(({ attributes }) => attributes.get('name') === 'scope');
  const items = html.tags
    .filter(({ attributes }) => attributes.get('class') === 'scope')
    .map((tag) => html.source.slice(tag.end, html.endOf(tag)));
  const titleIn = (item: string) =>
    (/<strong>(.*?)<\/strong>/s.exec(item)?.[1] ?? '').replaceAll(/<[^>]*>/g, '').trim();
  const marked = (words: string) =>
    items.filter((item) => item.includes(`<span class="tag">${words}</span>`)).map(titleIn);
  return {
    titles: items.map(titleIn).sort(),
    isNew: marked('new').sort(),
    isChanged: marked('means something else now').sort(),
    optional: boxes.map(({ attributes }) => attributes.get('value') ?? '').sort(),
    ticked: boxes
      .filter(({ attributes }) => attributes.has('checked'))
      .map(({ attributes }) => attributes.get('value') ?? '')
      .sort(),
    durations: html.tags
      .filter(({ attributes }) => attributes.get('name') === 'duration')
      .map(({ attributes }) => attributes.get('value') ?? ''),
  };
}

/** The claims of a token or answer. */
export type Claims = Readonly<Record<string, unknown>>;

/** What the tokens of an answer say, wherever that is said. */
export interface TokenContents {
  readonly scope: string | undefined;
  readonly access: Claims | undefined;
  readonly idToken: Claims | undefined;
  readonly userinfo: Claims | undefined;
  readonly refreshToken: boolean;
}

/** Opens the tokens of an answer: JWTs as they are, opaque ones as a checker of the API sees them, and user info with the access token. */
export async function contentsOf(bare: BareClient, checker: BareClient, answer: Claims): Promise<TokenContents> {
  const { access_token: access, id_token: idToken, refresh_token: refresh, scope } = answer;
  const userinfo = typeof access === 'string' ? await bare.userinfo(access) : undefined;
  return {
    scope: typeof scope === 'string' ? scope : undefined,
    access: typeof access === 'string' ? await accessContents(checker, access) : undefined,
    idToken: typeof idToken === 'string' ? decodeJwt(idToken) : undefined,
    userinfo: userinfo?.status === 200 ? userinfo.body : undefined,
    refreshToken: refresh !== undefined,
  };
}

async function accessContents(checker: BareClient, token: string): Promise<Claims> {
  if (token.split('.').length === 3) return decodeJwt(token);
  const { active: _active, token_type: _type, ...claims } = (await checker.introspect(token)).body;
  return claims;
}

/** The title under which something stands on an English page. */
export function titleOf(kind: string, name: string): string {
  return kind === 'claim' ? claimTitle(name, 'en') : (scopeText(name, 'en')?.title ?? `Use ${name}`);
}
