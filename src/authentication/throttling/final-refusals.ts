/** Beyond so many it begins anew: it saves a wait, and nothing depends on it. */
const MOST = 10_000;
/** Two refusals that end so close together are the same one: process and row do not read the clock at the same time. */
const SAME_MS = 50;

/** Refusals that were seen to stay as they are, so that only the first of them is waited for. */
export class FinalRefusals {
  readonly #until = new Map<string, number>();

  /** Whether the refusal that ends then was found to be final. */
  has(bucket: string, until: number): boolean {
    const known = this.#until.get(bucket);
    return known !== undefined && Math.abs(known - until) < SAME_MS;
  }

  /** Compares a refusal with a later one of the same bucket, and remembers it when nothing has moved. */
  settles(bucket: string, { first, later }: { readonly first: number; readonly later: number }): boolean {
    const isFinal = Math.abs(first - later) < SAME_MS;
    if (isFinal) {
      if (this.#until.size >= MOST) this.#until.clear();
      this.#until.set(bucket, later);
    }
    return isFinal;
  }
}
