import { addressBlock } from '#platform/http/index.js';

const HOUR_MS = 3_600_000;
/** Whoever makes mistakes by the thousand needs no explanation of each. */
const MOST_IN_AN_HOUR = 2000;
/** An office that sets up its clients makes fewer, and nobody fills the table of others from one address. */
const MOST_OF_AN_ADDRESS = 200;

/** How many refusals are kept: so many an hour, and of one address a part of them. */
export class RefusalLimits {
  #begins = 0;
  #count = 0;
  readonly #ofAddress = new Map<string, number>();

  /** Counts a refusal and tells whether it is still kept. */
  fits(address: string, now: number): boolean {
    if (now - this.#begins >= HOUR_MS) this.#begin(now);
    const block = addressBlock(address);
    const earlier = this.#ofAddress.get(block) ?? 0;
    if (earlier >= MOST_OF_AN_ADDRESS || this.#count >= MOST_IN_AN_HOUR) return false;
    this.#ofAddress.set(block, earlier + 1);
    this.#count += 1;
    return true;
  }

  #begin(now: number): void {
    this.#begins = now;
    this.#count = 0;
    this.#ofAddress.clear();
  }
}
