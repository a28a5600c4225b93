import { isUnavailable } from '#platform/database/index.js';

/** What becomes of what is gathered. */
export interface GatheringPlan<V> {
  /** What it is, for the log. */
  readonly name: string;
  /** Makes one of two facts about the same thing. */
  readonly merge: (earlier: V, later: V) => V;
  /** Writes a few facts in the order of their keys, all or nothing, and leaves out what is not so any more; some may come again. */
  readonly write: (facts: readonly V[]) => Promise<void>;
}

/** So many things wait at most; what is noted of others meanwhile is lost. */
export const MOST_WAITING = 10_000;

/** With so many they are not left to wait any longer. */
export const FLUSH_AT = MOST_WAITING / 2;

/** As many as fit a transaction that keeps nobody waiting. */
const BATCH = 50;

/** Facts that can never be written, and why the last of them. */
export interface GivenUp {
  readonly count: number;
  readonly error: unknown;
}

type Taken<V> = readonly (readonly [key: string, fact: V])[];

/** Facts that wait in this process until they are written together, so that whoever notes one need not write. */
export class Gathering<V> {
  #waiting = new Map<string, V>();
  #lost = 0;
  #givenUp: GivenUp | undefined;

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

  /** What was given up since this was asked last. */
  takeGivenUp(): GivenUp | undefined {
    const givenUp = this.#givenUp;
    this.#givenUp = undefined;
    return givenUp;
  }

  /**
   * Writes what waits; what could not be written waits again, and that is thrown. A fact that cannot be written while
   * others can is given up: it would hold them up for ever.
   */
  async flush(): Promise<void> {
    const taken = [...this.#waiting].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#waiting = new Map();
    let written = 0;
    for (let start = 0; start < taken.length; start += BATCH) {
      const batch = taken.slice(start, start + BATCH);
      try {
        written += await this.#write(batch, written > 0);
      } catch (error) {
        this.#putBack(taken.slice(start));
        throw error;
      }
    }
  }

  /** How many could be written: all, or one by one those that can. */
  async #write(batch: Taken<V>, othersWere: boolean): Promise<number> {
    try {
      await this.plan.write(batch.map(([, fact]) => fact));
      return batch.length;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      return this.#writeEach(batch, othersWere);
    }
  }

  async #writeEach(batch: Taken<V>, othersWere: boolean): Promise<number> {
    const refused: unknown[] = [];
    for (const [, fact] of batch) {
      try {
        await this.plan.write([fact]);
      } catch (error) {
        if (isUnavailable(error)) throw error;
        refused.push(error);
      }
    }
    const written = batch.length - refused.length;
    if (written === 0 && !othersWere) throw refused[0];
    if (refused.length > 0) {
      this.#givenUp = { count: (this.#givenUp?.count ?? 0) + refused.length, error: refused.at(-1) };
    }
    return written;
  }

  #putBack(taken: Taken<V>): void {
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
