/** Refuses work because the machine is busy; whoever answers says 503 and when to come back. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  constructor(
    what: string,
    readonly retryAfterSeconds: number,
  ) {
    super(`too much is waiting for ${what}`);
  }
}

interface Bounds {
  /** Named in the refusal. */
  what: string;
  parallel: number;
  waiting: number;
  retryAfterSeconds: number;
}

/** Runs costly work a few at a time, lets a bounded number wait in order, and refuses the rest with `Overloaded`. */
export class BoundedWork {
  readonly #bounds: Bounds;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(): Promise<void> | undefined {
    if (this.#running < this.#bounds.parallel) {
      this.#running += 1;
      return undefined;
    }
    if (this.#waiting.length >= this.#bounds.waiting) {
      throw new Overloaded(this.#bounds.what, this.#bounds.retryAfterSeconds);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
