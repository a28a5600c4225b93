import type { HttpAnswer, HttpProbe } from './http-probe.js';
import { formAround } from './page-form.js';

/** Where the browser is: on a page of the service, or sent away to an address that it does not visit. */
export type Place =
  | { readonly at: 'page'; readonly url: string; readonly answer: HttpAnswer }
  | { readonly at: 'elsewhere'; readonly url: URL };

/** The way ended where it should have gone on. */
export class Stranded extends Error {
  override readonly name = 'Stranded';
}

const MOST_REDIRECTS = 10;

/** A browser without a face: it keeps cookies, follows redirects within the service, and sends forms as served. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** `headers` go with every request. */
  constructor(
    private readonly http: HttpProbe,
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async visit(url: string): Promise<Place> {
    return this.settle(url, await this.http.get(url, this.ownHeaders()));
  }

  /** Sends the form around an element of the page, with these fields filled in. */
  async submit(place: Place, id: string, filling: Readonly<Record<string, string>>): Promise<Place> {
    if (place.at === 'elsewhere') throw new Stranded(`sent to ${place.url.origin} before there was #${id}`);
    const form = place.answer.status === 200 ? formAround(place.answer.body, id) : undefined;
    if (form === undefined) throw new Stranded(`${describe(place)} where a page with #${id} was expected`);
    for (const [name, value] of Object.entries(filling)) form.fields.set(name, value);
    const url = form.action === '' ? place.url : new URL(form.action, place.url).href;
    const headers = { ...this.ownHeaders(), origin: this.origin };
    return this.settle(url, await this.http.post(url, form.fields, headers));
  }

  private async settle(asked: string, first: HttpAnswer): Promise<Place> {
    let url = asked;
    let answer = first;
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
      this.keepCookies(answer);
      const { location } = answer.headers;
      if (location === undefined) return { at: 'page', url, answer };
      const target = new URL(location, url);
      if (target.origin !== this.origin) return { at: 'elsewhere', url: target };
      url = target.href;
      answer = await this.http.get(url, this.ownHeaders());
    }
    throw new Stranded(`redirected more than ${MOST_REDIRECTS} times`);
  }

  private keepCookies({ headers }: HttpAnswer): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const equals = pair.indexOf('=');
      this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  }

  private ownHeaders(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { accept: 'text/html', ...this.headers, ...(cookie === '' ? {} : { cookie }) };
  }
}

/** Says where the browser is, for whoever has to find out why. */
export function describe(place: Place): string {
  if (place.at === 'elsewhere') return `sent to ${place.url.origin}${place.url.pathname}`;
  const { status, headers } = place.answer;
  const id = headers['x-request-id'];
  return `${new URL(place.url).pathname} answered ${status}${typeof id === 'string' ? ` (support code ${id})` : ''}`;
}
