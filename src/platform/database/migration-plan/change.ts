import type { Subject } from './statement-subject.js';

/**
 * How a statement does its work: on a table that is new, on the description of a table only, beside its rows, by a copy of
 * it, on all rows that it may find, on one row of its own, or by looking only.
 */
export type Work = 'new-table' | 'instant' | 'in-place' | 'copy' | 'rows' | 'one-row' | 'read';

/** How a statement works, and whether others must wait to write. */
export interface Change {
  readonly work: Work;
  readonly locks: boolean;
}

/** Changes of a table that every supported server makes at once, in the version that the documentation names. */
const AT_ONCE =
  /^\s*ALTER\s+TABLE\s+\S+\s+(?:ADD\s+(?:COLUMN\s+)?(?!CONSTRAINT|FOREIGN|UNIQUE|INDEX|KEY|PRIMARY)\S+\s+[^,]*\bNULL)\s*$/i;
const NOT_NULL = /\bNOT\s+NULL\b/i;

/** How a server of the MySQL family would work, where it cannot be asked; a copy when in doubt. */
export function changeByRules(sql: string, verb: Subject['verb']): Change {
  if (verb === 'create-index' || verb === 'drop-index') return { work: 'in-place', locks: false };
  const atOnce = AT_ONCE.test(sql) && !NOT_NULL.test(sql);
  return atOnce ? { work: 'instant', locks: false } : { work: 'copy', locks: true };
}

/** How the embedded database works: it adds columns and renames in its description, and writes each row again to drop one. */
export function changeOfFile(sql: string, verb: Subject['verb']): Change {
  if (verb === 'create-index') return { work: 'in-place', locks: true };
  if (verb === 'alter-table' && /\bDROP\s+COLUMN\b/i.test(sql)) return { work: 'copy', locks: true };
  return { work: 'instant', locks: true };
}
