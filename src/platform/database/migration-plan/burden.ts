import type { Change } from './change.js';

/** How much a statement has to go through. */
export interface Amount {
  readonly rows: number;
  readonly bytes: number;
  readonly times: number;
}

/** Beyond what a migration is not run unless told so. */
export interface MigrationLimits {
  readonly rows: number;
  readonly bytes: number;
}

/** What takes a few seconds at most. */
export const MIGRATION_LIMITS: MigrationLimits = { rows: 100_000, bytes: 64 * 1024 * 1024 };

/** A third of what a small machine with a common disk does. */
const A_SECOND = {
  copiedRows: 40_000,
  copiedBytes: 12_000_000,
  indexedRows: 150_000,
  changedRows: 40_000,
  statements: 1000,
};

/** About how long a statement takes, in seconds; cautious, as disks differ. */
export function secondsOf({ work }: Change, { rows, bytes, times }: Amount): number {
  if (work === 'new-table' || work === 'instant' || work === 'one-row') return 0;
  if (work === 'copy') return Math.max(rows / A_SECOND.copiedRows, bytes / A_SECOND.copiedBytes);
  if (work === 'rows') return times > 1 ? times / A_SECOND.statements : rows / A_SECOND.changedRows;
  return rows / A_SECOND.indexedRows;
}

/** Says whether a statement would hold others up for longer than anybody should find out by surprise. */
export function isHeavy({ work, locks }: Change, { rows, bytes, times }: Amount, limits: MigrationLimits): boolean {
  const holdsUp = work === 'copy' || work === 'rows' || (work === 'in-place' && locks);
  return holdsUp && (Math.max(rows, times) > limits.rows || bytes > limits.bytes);
}
