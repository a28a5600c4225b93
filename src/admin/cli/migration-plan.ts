import type { PlannedStatement } from '#platform/database/index.js';

/** A plan for programs. */
export function planJson(pending: readonly string[], statements: readonly PlannedStatement[]): object {
  return {
    pending,
    statements: statements.map((statement) => ({
      migration: statement.migration,
      sql: statement.sql,
      times: statement.times,
      table: statement.table,
      new_table: statement.work === 'new-table',
      algorithm: statement.algorithm ?? null,
      algorithm_from: statement.algorithm === undefined ? null : statement.askedServer ? 'server' : 'rules',
      copies_table: statement.work === 'copy',
      writes_wait: statement.locks,
      rows: statement.rows,
      bytes: statement.bytes,
      estimated_seconds: rounded(statement.seconds),
      refused: statement.heavy,
    })),
    estimated_seconds: rounded(total(statements)),
    refused: statements.some(({ heavy }) => heavy),
  };
}

/** A plan for people: each migration, below it each statement and what it costs here. */
export function planLines(pending: readonly string[], statements: readonly PlannedStatement[]): string[] {
  if (pending.length === 0) return ['The schema is current.'];
  const lines = pending.flatMap((migration) => [
    migration,
    ...statements.filter((statement) => statement.migration === migration).flatMap(statementLines),
  ]);
  const refused = statements.filter(({ heavy }) => heavy);
  const sum = `${pending.length} pending, ${statements.length} statements, about ${duration(total(statements))}.`;
  if (refused.length === 0) return [...lines, sum];
  return [...lines, sum, `${refused.length} held up for too long: migrate refuses without --allow-copy.`];
}

function statementLines(statement: PlannedStatement): string[] {
  const often = statement.times > 1 ? ` (${statement.times} times)` : '';
  return [`  ${statement.sql.replace(/\s+/g, ' ').trim()}${often}`, `    ${cost(statement)}`];
}

function cost(statement: PlannedStatement): string {
  const { work, table, rows, bytes, locks, seconds, heavy } = statement;
  if (work === 'new-table') return 'a new table';
  const parts = [
    manner(statement),
    `${rows} rows and ${mebibytes(bytes)} in ${table}`,
    ...(locks && work !== 'instant' ? ['writing waits'] : []),
    `about ${duration(seconds)}`,
    ...(heavy ? ['REFUSED without --allow-copy'] : []),
  ];
  return parts.join(', ');
}

function manner({ work, algorithm, askedServer }: PlannedStatement): string {
  if (work === 'read') return 'reads only';
  if (work === 'one-row') return 'adds rows of its own';
  if (work === 'rows') return 'changes rows';
  if (algorithm !== undefined) return askedServer ? `${algorithm}, says the server` : `${algorithm}, by the rules`;
  if (work === 'copy') return 'writes the table anew';
  return work === 'in-place' ? 'reads the table through' : 'at once, the table stays as it is';
}

function total(statements: readonly PlannedStatement[]): number {
  return statements.reduce((sum, { seconds }) => sum + seconds, 0);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function duration(seconds: number): string {
  if (seconds < 0.05) return 'no time';
  return seconds < 120 ? `${rounded(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
