/** What can be bound to a prepared statement, whichever the database. */
export type Bound = string | number | null;

/** A row as the database gives it, by the names of its columns. */
export type RawRow = Readonly<Record<string, unknown>>;

/** What a prepared statement came to. */
export interface Executed {
  readonly rows: readonly RawRow[];
  readonly affected: number;
}
