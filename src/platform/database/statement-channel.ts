import { tracingChannel } from 'node:diagnostics_channel';

/** A statement as it is written, with `?` for each value: no value is told. */
export interface StatementFacts {
  readonly sql: string;
  readonly system: string;
}

/** Tells whoever traces of each statement that the database is asked. */
export const STATEMENTS = tracingChannel<string, StatementFacts>('gatehouse:statement');

/** Asks the database, and tells of it while somebody listens. */
export function told<T>(facts: StatementFacts, ask: () => Promise<T>): Promise<T> {
  return STATEMENTS.hasSubscribers ? STATEMENTS.tracePromise(ask, facts) : ask();
}
