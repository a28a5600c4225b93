interface Bucket {
  /** Attempts that were let through and have no outcome yet. */
  inFlight: number;
  /** Successes so far: each of them made room for another attempt. */
  successes: number;
  /** Those that ask to be let through now. */
  asking: number;
  waiting: (() => void)[];
}

/** Attempts of this process without an outcome yet: whoever meets the limit because of them waits instead of being refused. */
export class AttemptsInFlight {
  readonly #buckets = new Map<string, Bucket>();

  /** Asks until let through, or until nothing in flight can make room any more: then false. */
  async admitted(name: string, ask: () => Promise<boolean>): Promise<boolean> {
    const bucket = this.#buckets.get(name) ?? { inFlight: 0, successes: 0, asking: 0, waiting: [] };
    this.#buckets.set(name, bucket);
    bucket.asking += 1;
    try {
      return await askAgain(bucket, ask);
    } finally {
      bucket.asking -= 1;
      this.#forget(name, bucket);
    }
  }

  /** Notes the outcome of an attempt that was let through. */
  finish(name: string, outcome: 'success' | 'failure'): void {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) return;
    bucket.inFlight -= 1;
    if (outcome === 'success') {
      bucket.successes += 1;
      bucket.waiting.shift()?.();
    }
    if (bucket.inFlight === 0) for (const wake of bucket.waiting.splice(0)) wake();
    this.#forget(name, bucket);
  }

  #forget(name: string, bucket: Bucket): void {
    if (bucket.inFlight === 0 && bucket.asking === 0) this.#buckets.delete(name);
  }
}

async function askAgain(bucket: Bucket, ask: () => Promise<boolean>): Promise<boolean> {
  for (;;) {
    const { successes } = bucket;
    if (await ask()) {
      bucket.inFlight += 1;
      return true;
    }
    if (bucket.successes !== successes) continue;
    if (bucket.inFlight === 0) return false;
    await new Promise<void>((resolve) => bucket.waiting.push(resolve));
  }
}
