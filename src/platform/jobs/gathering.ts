/** What becomes of what is gathered. */
export interface GatheringPlan<V> {
  /** What it is, for the log. */
  readonly name: string;
  /** Makes one of two facts about the same thing. */
  readonly merge: (earlier: V, later: V) => V;
  /** Writes a few facts in the order of their keys, all or nothing, and leaves out what is not so any more. */
  readonly write: (facts: readonly V[]) => Promise<void>;
}

/** So many things wait at most; what is noted of others meanwhile is lost. */
export const MOST_WAITING = 10_000;

/** With so many they are not left to wait any longer. */
export const FLUSH_AT = MOST_WAITING / 2;

/** As many as fit a transaction that keeps nobody waiting. */
const BATCH = 50;

/** Facts that wait in this process until they are written together, so that whoever notes one need not write. */
export class Gathering<V> {
  #waiting = new Map<string, V>();
  #lost = 0;

  constructor(
    private readonly plan: GatheringPlan<V>,
    private readonly onMany: () => void,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** How many things wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Keeps a fact about the thing of that key until it is written; costs no statement. */
  note(key: string, fact: V): void {
    const earlier = this.#waiting.get(key);
    if (earlier === undefined && this.#waiting.size >= MOST_WAITING) this.#lost += 1;
    else this.#waiting.set(key, earlier === undefined ? fact : this.plan.merge(earlier, fact));
    if (this.#waiting.size >= FLUSH_AT) this.onMany();
  }

  /** How many facts found no place since this was asked last. */
  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }

  /** Writes what waits; what could not be written waits again, and that is thrown. */
  async flush(): Promise<void> {
    const taken = [...this.#waiting].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#waiting = new Map();
    for (let start = 0; start < taken.length; start += BATCH) {
      try {
        await this.plan.write(taken.slice(start, start + BATCH).map(([, fact]) => fact));
      } catch (error) {
        this.#putBack(taken.slice(start));
        throw error;
      }
    }
  }

  #putBack(taken: readonly (readonly [string, V])[]): void {
    const later = this.#waiting;
    this.#waiting = new Map(taken);
    for (const [key, fact] of later) {
      const earlier = this.#waiting.get(key);
      if (earlier !== undefined) this.#waiting.set(key, this.plan.merge(earlier, fact));
      else if (this.#waiting.size < MOST_WAITING) this.#waiting.set(key, fact);
      else this.#lost += 1;
    }
  }
}
