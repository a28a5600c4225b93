import type { SessionsService } from '#sessions/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import { Browser, describe } from '../browser.js';
import { type Check, green, type Judgement, red } from '../check.js';
import type { HttpProbe } from '../http-probe.js';
import { type ThrowAwayServices, type ThrowAwayUser, withThrowAwayUser } from '../throw-away.js';

/** What the check needs of the service's inside. */
export type ProxyServices = Omit<ThrowAwayServices, 'clients'> & {
  readonly sessions: Pick<SessionsService, 'listByUser'>;
};

/** An address that nobody has (RFC 5737 §3). */
const FORGED_ADDRESS = '192.0.2.66';

const REMEDY =
  'Let TRUST_PROXY name only the proxies, let nobody else reach the service from their addresses, ' +
  'and let the proxy replace or extend the X-Forwarded-* headers that it is sent.';

/** Whether a stranger can pretend, by X-Forwarded-* headers, to be elsewhere or to use another scheme. */
export class ProxyCheck implements Check {
  readonly name = 'proxy';
  readonly needs = ['service', 'schema'];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
    private readonly services: () => Promise<ProxyServices>,
  ) {}

  async examine(): Promise<Judgement> {
    const { status } = await this.http.get(this.issuer.url('/health/live'), { 'x-forwarded-proto': 'http' });
    if (status === 400) return red('X-Forwarded-Proto of a stranger is believed', REMEDY);
    const services = await this.services();
    const address = await withThrowAwayUser(services, (user) => this.addressSeen(services, user));
    if (address === FORGED_ADDRESS) return red('X-Forwarded-For of a stranger is believed', REMEDY);
    return green(`X-Forwarded-* of a stranger is not believed; this machine is ${address}`);
  }

  /** The address that the service takes the user to sign in from. */
  private async addressSeen({ sessions }: ProxyServices, { id, username, password }: ThrowAwayUser): Promise<string> {
    const browser = new Browser(this.http, this.issuer.origin, { 'x-forwarded-for': FORGED_ADDRESS });
    const page = await browser.visit(this.issuer.url('/sign-in'));
    const end = await browser.submit(page, 'password', { username, password, action: 'sign-in' });
    const [session] = await sessions.listByUser(id);
    if (session?.address === undefined) throw new Error(`signing in did not start a session: ${describe(end)}`);
    return session.address;
  }
}
