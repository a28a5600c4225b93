/** No batch of a purge should keep others waiting longer than this. */
export const LONGEST_BATCH_MS = 50;

/** What a purge begins with where nothing is known yet. */
export const FIRST_BATCH_SIZE = 100;

const SMALLEST = 10;
const LARGEST = 500;

/** A quarter of what is allowed: of hundreds of batches some take three times as long as the one before. */
const HURRIED_AIM_MS = LONGEST_BATCH_MS / 4;

/** How a purge shares the database with everybody else. */
export interface PurgePace {
  /** How long a batch should take. */
  readonly aimMs: number;
  /** How long the purge rests after a batch, in times of how long that took. */
  readonly rest: number;
}

/** A server works on a purge beside everything else; a fifth of one of its processors is what the others will not notice. */
export const PACE_ON_SERVER: PurgePace = { aimMs: LONGEST_BATCH_MS / 5, rest: 4 };

/** In the embedded database nothing else happens during a batch, so batches are short and take a tenth of the time. */
export const PACE_EMBEDDED: PurgePace = { aimMs: LONGEST_BATCH_MS / 10, rest: 9 };

/** How a batch went: how many rows it might have taken, how many it took, and how long that lasted. */
export interface FinishedBatch {
  readonly size: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/** A run of the purge: how long ago it began, and how long after that the next one is due. */
export interface PurgeRunTime {
  readonly elapsedMs: number;
  readonly everySeconds: number;
}

/**
 * The pace of a run. It begins at leisure, takes longer batches and shorter rests the longer it lasts, and does not rest at
 * all in the second half of the time until the next one: nothing is due for twice that time.
 */
export function paceOf({ aimMs, rest }: PurgePace, { elapsedMs, everySeconds }: PurgeRunTime): PurgePace {
  const leisure = Math.max(0, 1 - (2 * elapsedMs) / (everySeconds * 1000));
  return { aimMs: HURRIED_AIM_MS + (aimMs - HURRIED_AIM_MS) * leisure, rest: rest * leisure };
}

/** How many rows the next batch may take: as many as fit the time, at most twice as many as before. */
export function nextBatchSize({ size, rows, milliseconds }: FinishedBatch, { aimMs }: PurgePace): number {
  if (rows < size && milliseconds <= aimMs) return size;
  const fitting = milliseconds > 0 ? Math.floor((rows * aimMs) / milliseconds) : Infinity;
  return Math.max(SMALLEST, Math.min(fitting, size * 2, LARGEST));
}
