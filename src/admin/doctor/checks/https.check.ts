import type { IssuerSettings } from '#platform/config/index.js';
import type { Clock } from '#platform/crypto/index.js';
import { type Check, green, type Judgement, note, red } from '../check.js';
import type { HttpProbe } from '../http-probe.js';

const SOON_DAYS = 14;
const DAY_MILLISECONDS = 86_400_000;

/** Whether browsers are told to stay with https (RFC 6797 §6.1), and the certificate lasts. */
export class HttpsCheck implements Check {
  readonly name = 'https';
  readonly needs = ['service'];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Judgement> {
    if (!this.issuer.secure) return note('the issuer is http, as only a development issuer may be');
    const { headers, certificateEnds } = await this.http.get(this.issuer.url('/health/live'));
    const hsts = headers['strict-transport-security'];
    if (typeof hsts !== 'string' || !/max-age="?[1-9]/i.test(hsts)) {
      const says = `Strict-Transport-Security is ${hsts === undefined ? 'missing' : `"${hsts}"`}`;
      return red(says, 'Let the proxy pass the header that the service sends, and not set one of its own.');
    }
    return this.lasting(certificateEnds);
  }

  private lasting(ends: Date | undefined): Judgement {
    if (ends === undefined) return green('with Strict-Transport-Security');
    const days = Math.floor((ends.getTime() - this.clock.now().getTime()) / DAY_MILLISECONDS);
    const says = `with Strict-Transport-Security; the certificate is good for ${days} more days`;
    return days < SOON_DAYS ? note(`${says}: renew it now`) : green(says);
  }
}
