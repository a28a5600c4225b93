import { QueryFailedError } from 'typeorm';

/** The database refused the work again and again, or does not answer; whoever answers says 503. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly retryAfterSeconds = 1;
}

/** The schema lacks migrations and may not be changed at start; the process ends with this exit code. */
export class SchemaBehind extends Error {
  override readonly name = 'SchemaBehind';
  readonly exitCode = 78;

  constructor(readonly pending: readonly string[]) {
    super(
      `the database schema is behind by ${pending.length}: ${pending.join(', ')}. ` +
        'Run "npm run migrate", or start with MIGRATE_ON_START=true.',
    );
  }
}

/** Migrating would hold up who uses a large table, which nobody has allowed; a process that starts ends with this exit code. */
export class HeavyMigration extends Error {
  override readonly name = 'HeavyMigration';
  readonly exitCode = 78;

  constructor(heavy: readonly { readonly table: string; readonly rows: number; readonly migration: string }[]) {
    const tables = [...new Set(heavy.map(({ table, rows, migration }) => `${table} (${rows} rows, ${migration})`))];
    super(
      `migrating would hold up writing to ${tables.join(', ')}. Look at "npm run gatehouse -- migrate plan", and run ` +
        '"npm run gatehouse -- migrate --allow-copy" at a quiet time; the former release goes on until then.',
    );
  }
}

/**
 * The whole unit of work was taken back: ER_LOCK_DEADLOCK (on Galera also of rows that another node changed, as late as
 * at the commit), ER_LOCK_WAIT_TIMEOUT, ER_CHECKREAD (a row changed under a snapshot),
 * ER_TRANSACTION_ROLLBACK_DURING_COMMIT (Group Replication), a write conflict (TiDB).
 */
const PASSING_ERRNOS: ReadonlySet<unknown> = new Set([1213, 1205, 1020, 3101, 9007]);

/** Another process holds the file, or wrote since our snapshot. */
const PASSING_CODES: ReadonlySet<unknown> = new Set(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);

/** The server is down, full or restarting. */
const CONNECTION_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'PROTOCOL_CONNECTION_LOST',
]);

/**
 * The server answers, and cannot serve: ER_UNKNOWN_COM_ERROR (a Galera node apart from its cluster), ER_ERROR_DURING_COMMIT
 * (the same, on the way, so that nobody knows what became of it), ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE
 * (a standby), ER_QUERY_INTERRUPTED, ER_CONNECTION_KILLED and ER_STATEMENT_TIMEOUT (an operator's hand or limit).
 */
const UNABLE_ERRNOS: ReadonlySet<unknown> = new Set([1047, 1180, 1290, 1836, 1317, 1927, 1969]);

const ER_DUP_ENTRY = 1062;
const UNIQUE_CODES: ReadonlySet<unknown> = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

const ER_ROW_IS_REFERENCED = 1451;
const ER_NO_REFERENCED_ROW = 1452;

interface DriverError {
  errno?: unknown;
  code?: unknown;
  /** The connection is gone; what is asked over it afterwards fails without a code. */
  fatal?: unknown;
}

/** Says whether the same unit of work may well succeed when it is run again. */
export function isPassing(error: unknown): boolean {
  const { errno, code } = driverError(error);
  return PASSING_ERRNOS.has(errno) || PASSING_CODES.has(code);
}

/** Says whether the database could not be reached or stayed contended: the answer is 503, not 500. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable || isPassing(error)) return true;
  const { errno, code, fatal } = driverError(error);
  return CONNECTION_CODES.has(code) || UNABLE_ERRNOS.has(errno) || fatal === true;
}

/** Says whether a row was refused because its key or another unique value is taken. */
export function isUniqueViolation(error: unknown): boolean {
  // Of a unit of work within another it is the cause of what ended the whole.
  return saysTaken(driverError(error)) || (error instanceof Error && saysTaken(driverError(error.cause)));
}

/** Says whether a row was refused because the row it points at does not exist, or others point at it. */
export function isReferenceViolation(error: unknown): boolean {
  const { errno, code } = driverError(error);
  return errno === ER_ROW_IS_REFERENCED || errno === ER_NO_REFERENCED_ROW || code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}

function saysTaken({ errno, code }: DriverError): boolean {
  return errno === ER_DUP_ENTRY || UNIQUE_CODES.has(code);
}

function driverError(error: unknown): DriverError {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null ? cause : {};
}
