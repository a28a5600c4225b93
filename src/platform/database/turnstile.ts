import { DatabaseUnavailable } from './database-errors.js';

interface Waiting {
  enter(): void;
}

/** Lets one through at a time, in the order of arrival, and nobody wait for ever. */
export class Turnstile {
  readonly #queue: Waiting[] = [];
  readonly #patienceMs: number;
  #taken = false;

  constructor(patienceMs = 10_000) {
    this.#patienceMs = patienceMs;
  }

  /** Resolves when it is the caller's turn; the caller must `release`. */
  async acquire(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return;
    }
    await this.#turn();
  }

  release(): void {
    const next = this.#queue.shift();
    if (next) next.enter();
    else this.#taken = false;
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(
          new DatabaseUnavailable(
            `waited ${this.#patienceMs} ms for the embedded database: it is busy, or a statement outside ` +
              'the open transaction waits for that very transaction',
          ),
        );
      }, this.#patienceMs);
      this.#queue.push(waiting);
    });
  }
}
