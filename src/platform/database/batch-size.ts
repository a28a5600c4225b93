/** No batch of a purge should keep others waiting longer than this. */
export const LONGEST_BATCH_MS = 50;

/** What a purge begins with where nothing is known yet. */
export const FIRST_BATCH_SIZE = 100;

const SMALLEST = 10;
const LARGEST = 500;

/** Half of what is allowed, so that a batch that takes twice as long as the one before is still short enough. */
const AIM_MS = LONGEST_BATCH_MS / 2;

/** How a batch went: how many rows it might have taken, how many it took, and how long that lasted. */
export interface FinishedBatch {
  readonly size: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/** How many rows the next batch may take: as many as fit the time, at most twice as many as before. */
export function nextBatchSize({ size, rows, milliseconds }: FinishedBatch): number {
  if (rows < size && milliseconds <= AIM_MS) return size;
  const fitting = milliseconds > 0 ? Math.floor((rows * AIM_MS) / milliseconds) : Infinity;
  return Math.max(SMALLEST, Math.min(fitting, size * 2, LARGEST));
}
