import { type PlannedStatement, subjectOf } from '#platform/database/index.js';

/** What of a plan is judged: a statement, and whether its table is one that the plan makes. */
export type Expanding = Pick<PlannedStatement, 'migration' | 'sql' | 'table' | 'work'>;

const COLUMN = '[`"]?\\w+[`"]?';
const ADDS_NULLABLE = new RegExp(`^ALTER TABLE ${COLUMN} ADD COLUMN ${COLUMN} [\\w()]+ NULL$`, 'i');

/**
 * Why the release of before could not go on beside a statement, for each that has such a reason: it reads and writes the
 * tables that it knows, names no column that it does not know, and minds nobody who looks.
 */
export function hinders(statements: readonly Expanding[]): readonly string[] {
  const added = new Set<string>();
  return statements.flatMap((statement) => {
    const reason = reasonAgainst(statement, added);
    return reason === undefined ? [] : [`${statement.migration}: ${reason}: ${statement.sql}`];
  });
}

function reasonAgainst({ sql, table, work }: Expanding, added: Set<string>): string | undefined {
  const text = sql.replace(/\s+/g, ' ').trim();
  const verb = subjectOf(text)?.verb;
  if (work === 'new-table' || verb === 'create-table' || verb === 'read') return undefined;
  if (verb === 'alter-table') {
    if (!ADDS_NULLABLE.test(text)) return 'a table that is in use only gets columns that may be NULL';
    added.add(`${table}.${bare(text.split(' ')[5])}`);
    return undefined;
  }
  if (verb === 'create-index') return reasonAgainstIndex(text, table, added);
  if (verb === 'insert') return work === 'one-row' ? undefined : 'rows are moved by a job, not while a service starts';
  if (verb === 'update' || verb === 'delete') return 'rows are changed by a job, not while a service starts';
  return 'what is in use stays';
}

function reasonAgainstIndex(text: string, table: string, added: ReadonlySet<string>): string | undefined {
  if (!/^CREATE UNIQUE/i.test(text)) return undefined;
  const columns = (/\(([^)]*)\)/.exec(text)?.[1] ?? '').split(',').map((name) => bare(name.trim()));
  if (columns.some((name) => added.has(`${table}.${name}`))) return undefined;
  return 'the release of before may write rows that a new unique index refuses';
}

function bare(name = ''): string {
  return name.replaceAll(/[`"]/g, '');
}
