import { DatabaseUnavailable } from './database-errors.js';

/** How many may be at the server at once, and what they who wait for that put up with. */
export interface PlaceBounds {
  readonly places: number;
  readonly longestQueue: number;
  /** When no place has come free for so long, the server has stopped, and nobody is kept waiting for it. */
  readonly stallMs: number;
}

/** Told that the place is there, or why there will be none. */
export type Admitted = (refusal?: DatabaseUnavailable) => void;

/**
 * Lets so many at a time to a database server, in the order of arrival. Waiting is for a server that is busy: as soon
 * as it has stopped to answer, those who wait are refused, and so is whoever comes until one place is free again.
 */
export class ConnectionPlaces {
  readonly #bounds: PlaceBounds;
  readonly #queue: Admitted[] = [];
  #free: number;
  #stalled = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(bounds: PlaceBounds) {
    this.#bounds = bounds;
    this.#free = bounds.places;
  }

  /** Calls back at once if a place is free; whoever got one must `leave`. */
  enter(admitted: Admitted): void {
    if (this.#free > 0) {
      this.#free -= 1;
      admitted();
    } else if (this.#stalled) admitted(new DatabaseUnavailable('the database has stopped to answer'));
    else if (this.#queue.length >= this.#bounds.longestQueue) {
      admitted(new DatabaseUnavailable('too many wait for the database'));
    } else {
      this.#queue.push(admitted);
      this.#watch ??= setTimeout(() => {
        this.#stall();
      }, this.#bounds.stallMs);
    }
  }

  /** Hands a place on. */
  leave(): void {
    this.#stalled = false;
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    if (this.#queue.length > 0) this.#watch?.refresh();
    else this.#forgetWatch();
    next?.();
  }

  #stall(): void {
    this.#stalled = true;
    this.#forgetWatch();
    const refusal = new DatabaseUnavailable(`no connection came free in ${this.#bounds.stallMs} ms`);
    for (const admitted of this.#queue.splice(0)) admitted(refusal);
  }

  #forgetWatch(): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
  }
}
