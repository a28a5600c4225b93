import { setTimeout as pause } from 'node:timers/promises';

/** What came of a load. */
export interface Tally {
  readonly done: number;
  /** Why operations failed, each with when it began, in milliseconds from the start of the load. */
  readonly failures: readonly { readonly why: string; readonly atMs: number; readonly tookMs: number }[];
  readonly longestMs: number;
}

/** A load that runs until it is stopped. */
export interface Load {
  /** How many operations have succeeded so far. */
  done(): number;
  stop(): Promise<Tally>;
}

/** Lets so many workers do one operation after the other; each checks what it is answered and throws when it is wrong. */
export function closedLoop(workers: number, operation: (worker: number, round: number) => Promise<void>): Load {
  const started = performance.now();
  const failures: { why: string; atMs: number; tookMs: number }[] = [];
  let [done, longestMs, running] = [0, 0, true];
  const work = async (worker: number): Promise<void> => {
    for (let round = 0; running; round++) {
      const began = performance.now();
      try {
        await operation(worker, round);
        done += 1;
      } catch (error) {
        failures.push({ why: reasonOf(error), atMs: began - started, tookMs: performance.now() - began });
        await pause(20);
      }
      longestMs = Math.max(longestMs, performance.now() - began);
    }
  };
  const all = Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return {
    done: () => done,
    stop: async () => {
      running = false;
      await all;
      return { done, failures, longestMs };
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Asks again and again, for something that another process does in its own time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { withinMs = 30_000, what = 'it' } = {},
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come about within ${withinMs} ms`);
    await pause(50);
  }
}
