import type { DeliveryOutcome } from './delivery.js';

const MOST_AT_ONCE = 4;
const MOST_DOWN = 10_000;

/** What is under way to each destination and which of them failed last, so that one that is down takes no other's place. */
export class Destinations {
  readonly #underWay = new Map<string, number>();
  readonly #down = new Set<string>();

  /** Whether something new may be tried at once; whoever may tells by `left` what came of it. */
  enter(destination: string): boolean {
    const underWay = this.#underWay.get(destination) ?? 0;
    if (underWay >= MOST_AT_ONCE || this.#down.has(destination)) return false;
    this.#underWay.set(destination, underWay + 1);
    return true;
  }

  left(destination: string): void {
    const underWay = (this.#underWay.get(destination) ?? 1) - 1;
    if (underWay === 0) this.#underWay.delete(destination);
    else this.#underWay.set(destination, underWay);
  }

  /** Notes what came of an attempt, whoever made it. */
  settled(destination: string, { outcome }: DeliveryOutcome): void {
    if (outcome !== 'retry') this.#down.delete(destination);
    else if (this.#down.size < MOST_DOWN) this.#down.add(destination);
  }
}

/** How much of what is due to one destination is tried in one go: a few at a time, until it fails or has had its time. */
export class Turn {
  readonly #since: number;
  #failures = 0;

  constructor(
    private readonly most: { readonly failures: number; readonly milliseconds: number },
    private readonly stopwatch: () => number = () => performance.now(),
  ) {
    this.#since = stopwatch();
  }

  /** Whether the others are to come first now. */
  get over(): boolean {
    return this.#failures >= this.most.failures || this.stopwatch() - this.#since >= this.most.milliseconds;
  }

  failed(): void {
    this.#failures += 1;
  }
}

/** Works through a list a few at a time, until it is empty or `over` says stop. */
export async function fewAtATime<T>(
  items: readonly T[],
  over: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !over(); item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
}
