import { Stale } from '../outcomes.js';

const MOST_ATTEMPTS = 4;

/** Runs a whole transaction again when somebody else wrote what it had read. */
export async function untilFresh<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof Stale) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
