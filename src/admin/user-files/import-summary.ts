import type { LineReport } from './user-imports.service.js';

/** What became of an import as a whole, as it is answered. */
export interface ImportSummary {
  /** Whether every line was done. */
  readonly complete: boolean;
  /** How many lines had each outcome. */
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly LineReport[];
}

/** Counts what became of the lines. */
export function summaryOf(lines: readonly LineReport[]): ImportSummary {
  const counts: Record<string, number> = {};
  for (const { outcome } of lines) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return { complete: counts['failed'] === undefined, counts, lines };
}
