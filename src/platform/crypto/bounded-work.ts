import { tracingChannel } from 'node:diagnostics_channel';
import { Injectable } from '@nestjs/common';

/** Tells whoever traces of each costly work, by the name of its queue: while it waits and while it runs. */
export const COSTLY_WORK = tracingChannel<string, { readonly queue: string }>('gatehouse:costly-work');

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

/** How much work runs and waits, and what it is named in a refusal. */
export interface Bounds {
  /** Named in the refusal. */
  what: string;
  parallel: number;
  waiting: number;
  retryAfterSeconds: number;
}

/** How full a queue is. */
export interface Load {
  readonly running: number;
  readonly waiting: number;
  readonly refused: number;
}

/** Runs costly work a few at a time, lets a bounded number wait in order, and refuses the rest with `Overloaded`. */
export class BoundedWork {
  readonly #bounds: Bounds;
  readonly #name: string;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #refused = 0;

  constructor(bounds: Bounds, name = bounds.what) {
    this.#bounds = bounds;
    this.#name = name;
  }

  /** How full it is, and how much it has refused since the start. */
  get load(): Load {
    return { running: this.#running, waiting: this.#waiting.length, refused: this.#refused };
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const inTurn = (): Promise<T> => this.#inTurn(work);
    return COSTLY_WORK.hasSubscribers ? COSTLY_WORK.tracePromise(inTurn, { queue: this.#name }) : inTurn();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
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
      this.#refused += 1;
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

/** Opens the queues of a process and remembers them, so that operators can see how full each is. */
@Injectable()
export class WorkQueues {
  readonly #queues = new Map<string, BoundedWork>();

  open(name: string, bounds: Bounds): BoundedWork {
    const queue = new BoundedWork(bounds, name);
    this.#queues.set(name, queue);
    return queue;
  }

  /** How full each queue is, by its name. */
  get loads(): ReadonlyMap<string, Load> {
    return new Map([...this.#queues].map(([name, { load }]) => [name, load]));
  }
}
