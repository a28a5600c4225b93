import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { KnownBrowsersService } from '../known-browser/known-browsers.service.js';
import { SprayDetector, type SprayAlarm } from '../spray/spray-detector.service.js';
import { AttemptsInFlight } from './attempts-in-flight.js';
import { FinalRefusals } from './final-refusals.js';
import { ACCOUNT_POLICY, ADDRESS_POLICY, GLOBAL_POLICY, KNOWN_BROWSER_POLICY } from './throttle-policy.js';
import { Throttle } from './throttle.js';
import { ThrottlesRepository } from './throttles.repository.js';

/** How long and how often is waited for what other processes have in flight: a password takes a moment to compare. */
const LOOK_MS = 250;
const MOST_LOOKS = 20;

/** Who tries to sign in, as far as counting goes. */
interface AttemptBy {
  /** The canonical login name, whether or not anybody has it. */
  readonly loginName: string;
  readonly address: string;
  /** The secret that names the browser. */
  readonly browser?: string | undefined;
  /** What was tried, where it was a password: never kept, only digested for an hour at most. */
  readonly password?: string | undefined;
  /** Whom the login name means, if anybody. */
  readonly userId: string | undefined;
}

/** Whose failures are asked for. */
interface FailuresOf {
  readonly address: string;
  /** The canonical login name, if one is known. */
  readonly loginName?: string | undefined;
}

/** An attempt that counts as a failure until it is said to be none. */
export interface Attempt {
  readonly outcome: 'admitted';
  /** It was no failure: everything it counted is taken back. */
  succeeded(): Promise<void>;
  failed(): void;
  /** Until when failures like this one have closed the account; one of them is told, the others nothing. */
  closed(): Promise<Date | undefined>;
  /** Counts it towards sprays in the caller's transaction; those that are noticed by it are told once. */
  sprayed(): Promise<readonly SprayAlarm[]>;
}

/** What came of asking for an attempt. */
type Admission = Attempt | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

interface Refusal {
  readonly milliseconds: number;
  /** In milliseconds since the epoch, as exactly as the two clocks of process and row agree. */
  readonly until: number;
}

interface Counted {
  readonly throttle: Throttle;
  readonly key: string;
}

/** Counts failed sign-ins by account, by address and in all; exact for parallel attempts, as each is counted before it is tried. */
@Injectable()
export class AttemptsService {
  readonly #account: Throttle;
  readonly #browser: Throttle;
  readonly #address: Throttle;
  readonly #all: Throttle;
  readonly #inFlight = new AttemptsInFlight();
  readonly #final = new FinalRefusals();

  constructor(
    private readonly knownBrowsers: KnownBrowsersService,
    private readonly sprays: SprayDetector,
    private readonly throttles: ThrottlesRepository,
    private readonly clock: Clock,
  ) {
    this.#account = new Throttle(ACCOUNT_POLICY, throttles, clock);
    this.#browser = new Throttle(KNOWN_BROWSER_POLICY, throttles, clock);
    this.#address = new Throttle(ADDRESS_POLICY, throttles, clock);
    this.#all = new Throttle(GLOBAL_POLICY, throttles, clock);
  }

  /** How many failures count now, for a name and for an address. */
  async failures({ address, loginName }: FailuresOf): Promise<{ readonly name: number; readonly address: number }> {
    const byName = loginName === undefined ? null : await this.#account.get(loginName);
    const byAddress = await this.#address.get(addressBlock(address));
    return { name: byName?.consumedPoints ?? 0, address: byAddress?.consumedPoints ?? 0 };
  }

  /** Admits an attempt, or says when to come back. */
  async admit(by: AttemptBy): Promise<Admission> {
    const isKnown = by.browser !== undefined && (await this.knownBrowsers.isKnown(by.browser, by.userId));
    const sprayed = isKnown ? undefined : await this.sprays.refusal(by);
    if (sprayed !== undefined) return throttled(sprayed);
    const counted: Counted[] = [];
    try {
      for (const counter of this.counters(by, isKnown)) {
        const refusedFor = await this.count(counter);
        if (refusedFor !== undefined) return await this.refused(counted, refusedFor);
        counted.push(counter);
      }
    } catch (error) {
      this.finish(counted, 'failure');
      throw error;
    }
    return {
      outcome: 'admitted',
      succeeded: () => this.takeBack(counted),
      failed: () => {
        this.finish(counted, 'failure');
      },
      closed: async () => {
        const [first] = counted;
        return first?.throttle.announce(first.key);
      },
      sprayed: () => (isKnown ? Promise.resolve([]) : this.sprays.failed(by)),
    };
  }

  private async refused(counted: readonly Counted[], milliseconds: number): Promise<Admission> {
    await this.takeBack(counted);
    return throttled(milliseconds);
  }

  /** A browser known for the user is counted apart, so that nobody else can lock its owner out. */
  private counters({ loginName, address, browser, userId }: AttemptBy, isKnown: boolean): Counted[] {
    if (isKnown) return [{ throttle: this.#browser, key: `${browser ?? ''} ${userId ?? ''}` }];
    return [
      { throttle: this.#account, key: loginName },
      { throttle: this.#address, key: addressBlock(address) },
      { throttle: this.#all, key: '' },
    ];
  }

  /**
   * Counts one attempt; if refused, for how many milliseconds. While the refusal moves, attempts of other processes are
   * coming to an end, and those that were no failures make room: it is final when it stays the same for a while.
   */
  private async count(counter: Counted): Promise<number | undefined> {
    const bucket = counter.throttle.getKey(counter.key);
    let refused = await this.ask(counter);
    for (let look = 0; refused !== undefined && look < MOST_LOOKS; look += 1) {
      if (this.#final.has(bucket, refused.until)) break;
      await sleep(LOOK_MS);
      const again = await this.ask(counter);
      if (again !== undefined && this.#final.settles(bucket, { first: refused.until, later: again.until }))
        return again.milliseconds;
      refused = again;
    }
    return refused?.milliseconds;
  }

  private async ask({ throttle, key }: Counted): Promise<Refusal | undefined> {
    let milliseconds: number | undefined;
    await this.#inFlight.admitted(throttle.getKey(key), async () => {
      milliseconds = await throttle.refusal(key);
      return milliseconds === undefined;
    });
    return milliseconds === undefined ? undefined : { milliseconds, until: this.clock.now().getTime() + milliseconds };
  }

  private async takeBack(counted: readonly Counted[]): Promise<void> {
    try {
      const buckets = counted.map(({ throttle, key }) => throttle.getKey(key));
      if (buckets.length > 0) await this.throttles.giveBack(buckets, this.clock.now());
    } finally {
      this.finish(counted, 'success');
    }
  }

  private finish(counted: readonly Counted[], outcome: 'success' | 'failure'): void {
    for (const { throttle, key } of counted) this.#inFlight.finish(throttle.getKey(key), outcome);
  }
}

function throttled(milliseconds: number): Admission {
  return { outcome: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) };
}
