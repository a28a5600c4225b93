import type { IssuerSettings } from '#platform/config/index.js';
import type { Clock } from '#platform/crypto/index.js';
import { type Check, green, type Judgement, note, red } from '../check.js';
import type { HttpProbe } from '../http-probe.js';

/** Others allow our tokens this much; the Date header counts whole seconds. */
const MOST_SECONDS = 10;

/** Whether the service's clock agrees with this machine's. */
export class ClockCheck implements Check {
  readonly name = 'clock';
  readonly needs = ['service'];

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly http: HttpProbe,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Judgement> {
    const before = this.clock.now();
    const { headers } = await this.http.get(this.issuer.url('/health/live'));
    const stated = Date.parse(headers.date ?? '');
    if (Number.isNaN(stated)) return note('the service does not say what time it has');
    return judgeClock("the service's clock", { before, stated: new Date(stated), after: this.clock.now() });
  }
}

/** Judges a clock that was read between two moments of ours. */
export function judgeClock(
  whose: string,
  { before, stated, after }: Record<'before' | 'stated' | 'after', Date>,
): Judgement {
  const early = before.getTime() - stated.getTime();
  const late = stated.getTime() - after.getTime();
  const seconds = Math.round(Math.max(early, late, 0) / 1000);
  if (seconds <= MOST_SECONDS) return green(`${whose} agrees with this machine's`);
  const direction = early > late ? 'behind' : 'ahead of';
  return red(`${whose} is ${seconds} s ${direction} this machine's`, 'Keep the clocks of all machines right with NTP.');
}
