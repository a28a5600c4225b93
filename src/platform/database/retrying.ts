import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable, isPassing } from './database-errors.js';

const RETRIES = 3;
const FIRST_PAUSE_MS = 20;

/**
 * Does the work again, at most three times, when the database took all of it back because somebody else was in the way:
 * a deadlock, a lock, or on a cluster a change of the same rows at another node.
 */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt === RETRIES) throw new DatabaseUnavailable('the database is contended', { cause: error });
      await sleep(pauseBefore(attempt));
    }
  }
}

/** Twice as long each time, and half of it by chance, so that those who met do not meet again. */
function pauseBefore(attempt: number): number {
  const longest = FIRST_PAUSE_MS * 2 ** attempt;
  return longest / 2 + (Math.random() * longest) / 2;
}
