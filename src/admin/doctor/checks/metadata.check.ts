import { isDeepStrictEqual } from 'node:util';
import type { IssuerSettings } from '#platform/config/index.js';
import { type Check, green, type Judgement, red } from '../check.js';
import type { HttpProbe } from '../http-probe.js';

type Document = Readonly<Record<string, unknown>>;

/** Whether both metadata documents are the same and true to the issuer (OIDC Discovery §4.3, RFC 8414 §3.3). */
export class MetadataCheck implements Check {
  readonly name = 'metadata';
  readonly needs = ['service'];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
  ) {}

  async examine(): Promise<Judgement> {
    const { issuer, origin, basePath } = this.issuer;
    const urls = [
      `${issuer}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server${basePath}`, // RFC 8414 §3.1
    ] as const;
    const [oidc, oauth] = [await this.document(urls[0]), await this.document(urls[1])];
    if (typeof oidc === 'string') return unreadable(urls[0], oidc);
    if (typeof oauth === 'string') return unreadable(urls[1], oauth);
    const faults = [...this.faults(oidc), ...(isDeepStrictEqual(oidc, oauth) ? [] : ['the two documents differ'])];
    if (faults.length === 0) return green('both documents agree with the issuer');
    const remedy = `Let ISSUER be the public address (it is ${issuer}), and the proxy pass the documents unchanged.`;
    return red(faults.join('; '), remedy);
  }

  private async document(url: string): Promise<Document | string> {
    const { status, headers, body } = await this.http.get(url, { 'cache-control': 'no-cache' });
    if (status !== 200) return `answers ${status}`;
    if (headers['content-type']?.startsWith('application/json') !== true) return 'is not application/json';
    try {
      return JSON.parse(body) as Document;
    } catch {
      return 'is not JSON';
    }
  }

  private faults(document: Document): string[] {
    const { issuer } = this.issuer;
    const own = document['issuer'] === issuer ? [] : [`the issuer is ${JSON.stringify(document['issuer'])}`];
    const outside = Object.entries(document)
      .filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri')
      .filter(([, url]) => typeof url !== 'string' || !url.startsWith(`${issuer}/`))
      .map(([name]) => name);
    return outside.length === 0 ? own : [...own, `not below the issuer: ${outside.join(', ')}`];
  }
}

function unreadable(url: string, problem: string): Judgement {
  return red(`${url} ${problem}`, 'Let the proxy pass everything below the issuer, and /.well-known, to the service.');
}
