import { must } from './http.mjs';

/** A browser without scripts: cookies, redirects, forms as served with their hidden fields. */
export class Browser {
  #http;
  #cookies = new Map();

  constructor(http) {
    this.#http = http;
  }

  /** Follows redirects within the service; gives the page it ends at, or where it is sent outside. */
  async open(url) {
    return this.#follow(await this.#send('GET', url), url);
  }

  /** Presses a button of the form of a page. */
  async submit(page, values) {
    const form = readForm(page.answer.text);
    const answer = await this.#send('POST', form.action, { ...form.fields, ...values });
    return this.#follow(answer, form.action);
  }

  async #follow(answer, from) {
    for (let hops = 0; answer.status === 303 || answer.status === 302; hops++) {
      must(hops < 10, `too many redirects from ${from}`, answer);
      const { location } = answer.headers;
      if (!location.startsWith('/') && !location.startsWith(`${this.#http.origin}/`))
        return { leftFor: new URL(location) };
      answer = await this.#send('GET', location);
    }
    must(answer.status === 200, `unexpected page after ${from}`, answer);
    return { answer };
  }

  async #send(method, url, form) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#http.send(method, url, { headers: cookie === '' ? {} : { cookie }, form });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'" };
const decode = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (entity) => ENTITIES[entity]);

function readForm(html) {
  const [, form] = /(<form\b[\s\S]*?)<\/form>/.exec(html) ?? [];
  must(form !== undefined, `no form in ${html.slice(0, 200)}`);
  const fields = {};
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1];
    const choosable = ['checkbox', 'radio'].includes(of('type'));
    if (of('name') !== undefined && (!choosable || /\schecked/.test(input)))
      fields[of('name')] = decode(of('value') ?? '');
  }
  return { action: decode(/action="([^"]*)"/.exec(form)[1]), fields };
}
