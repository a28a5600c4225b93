import { CookieJar } from './cookie-jar.js';
import { press, type Filling } from './form.js';
import { Html } from './html.js';

/** One answer on the way to where a visit ended. */
export interface Hop {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
}

/** Where a visit ended: on a page of the service, or at somebody else's address that the service redirected to. */
export class Visit {
  constructor(
    readonly hops: readonly Hop[],
    private readonly last: Hop,
    readonly html: Html,
    /** The address outside the service that the browser was sent to; it is not fetched. */
    readonly leftFor: URL | undefined,
  ) {}

  get url(): URL {
    return this.last.url;
  }

  get status(): number {
    return this.last.status;
  }

  get headers(): Headers {
    return this.last.headers;
  }

  /** What the client was told at its redirect URI. */
  get answer(): Readonly<Record<string, string>> {
    if (this.leftFor === undefined) {
      throw new Error(`the browser is still at ${this.url.href} (${this.status}): ${this.html.words.slice(0, 400)}`);
    }
    return Object.fromEntries(this.leftFor.searchParams);
  }
}

/** How a browser differs from the usual one. */
export interface UserAgentChoices {
  /** Headers of every request, such as the languages of the browser. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the service really listens, when its issuer is an address that does not resolve. */
  readonly connectTo?: string;
  /** How it speaks HTTP, when it trusts other certificates than most. */
  readonly fetch?: typeof fetch;
}

/** What makes one request different from a click on a page of the service. */
export interface RequestChoices {
  /** What the browser says of where the request comes from (Fetch Metadata §2.4). */
  readonly site?: 'none' | 'same-origin' | 'cross-site';
  readonly headers?: Readonly<Record<string, string>>;
}

const MOST_REDIRECTS = 15;

/** A browser without JavaScript: cookies, redirects up to where they leave the service, forms. */
export class UserAgent {
  readonly cookies = new CookieJar();
  private readonly origin: string;

  constructor(
    issuer: string,
    private readonly choices: UserAgentChoices = {},
  ) {
    this.origin = new URL(issuer).origin;
  }

  /** Goes to an address, as by a link of another site or the address bar. */
  visit(url: string | URL, { site = 'none', headers = {} }: RequestChoices = {}): Promise<Visit> {
    return this.go({ method: 'GET', url: new URL(url, this.origin), headers: { 'sec-fetch-site': site, ...headers } });
  }

  /** Presses a button of a page, as in `#sign-in` or `action=withdraw`, after filling in its form. */
  submit(page: Visit, button: string, filling: Filling = {}): Promise<Visit> {
    const { method, action, entries } = press(page.html, button, filling);
    const url = new URL(action === '' ? page.url : action, page.url);
    if (method === 'GET') throw new Error('forms of this service are posted');
    return this.post(url, entries, { site: 'same-origin' });
  }

  /** Sends a form that was made elsewhere or by hand. */
  post(
    url: string | URL,
    entries: Iterable<readonly [string, string]> | Readonly<Record<string, string>>,
    { site = 'same-origin', headers = {} }: RequestChoices = {},
  ): Promise<Visit> {
    const pairs = Symbol.iterator in entries ? [...entries] : Object.entries(entries);
    return this.go({
      method: 'POST',
      url: new URL(url, this.origin),
      body: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': site,
        origin: site === 'cross-site' ? 'https://elsewhere.example' : this.origin,
        ...headers,
      },
      crossSite: site === 'cross-site',
    });
  }

  private async go(first: Outgoing): Promise<Visit> {
    const hops: Hop[] = [];
    let next = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await this.send(next);
      const hop = { url: next.url, status: answer.status, headers: answer.headers };
      hops.push(hop);
      const location = answer.headers.get('location');
      const body = await answer.text();
      if (location === null) return new Visit(hops, hop, new Html(body), undefined);
      const target = new URL(location, next.url);
      if (target.origin !== this.origin) return new Visit(hops, hop, new Html(body), target);
      if (answer.status === 307 || answer.status === 308) throw new Error(`${answer.status} hands the form on`);
      next = { method: 'GET', url: target, headers: { 'sec-fetch-site': first.headers['sec-fetch-site'] ?? 'none' } };
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects: ${hops.map(({ url }) => url.pathname).join(' → ')}`);
  }

  private async send({ method, url, headers, body, crossSite }: Outgoing): Promise<Response> {
    const { connectTo, headers: always = {}, fetch: send = fetch } = this.choices;
    // SameSite=Lax: a form that another site posts carries no cookies (RFC 6265bis §5.5).
    const cookie = crossSite === true ? undefined : this.cookies.header(url);
    const response = await send(connectTo === undefined ? url : new URL(url.pathname + url.search, connectTo), {
      method,
      redirect: 'manual',
      headers: { accept: 'text/html', ...always, ...headers, ...(cookie === undefined ? {} : { cookie }) },
      ...(body === undefined ? {} : { body }),
    });
    this.cookies.take(url, response.headers.getSetCookie());
    return response;
  }
}

interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly crossSite?: boolean;
}
