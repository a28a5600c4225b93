/** What a statement of a migration does, as far as a plan tells them apart. */
export type Verb =
  | 'create-table'
  | 'alter-table'
  | 'create-index'
  | 'drop-index'
  | 'drop-table'
  | 'insert'
  | 'update'
  | 'delete'
  | 'read';

/** What a statement does, and to which table. */
export interface Subject {
  readonly verb: Verb;
  readonly table: string;
  /** Where an `INSERT … SELECT` takes its rows from. */
  readonly from?: string;
}

const NAME = '[`"]?(\\w+)[`"]?';

const FORMS: readonly (readonly [Verb, RegExp])[] = [
  ['create-table', form(`CREATE TABLE (?:IF NOT EXISTS )?${NAME}`)],
  ['alter-table', form(`ALTER TABLE ${NAME}`)],
  ['create-index', form(`CREATE (?:UNIQUE )?INDEX ${NAME.replace('(', '(?:')} ON ${NAME}`)],
  ['drop-index', form(`DROP INDEX (?:IF EXISTS )?${NAME}`)],
  ['drop-table', form(`DROP TABLE (?:IF EXISTS )?${NAME}`)],
  ['insert', form(`INSERT INTO ${NAME}`)],
  ['update', form(`UPDATE ${NAME}`)],
  ['delete', form(`DELETE FROM ${NAME}`)],
  ['read', form(`SELECT .* FROM ${NAME}`)],
];

const SOURCE = new RegExp(`\\bSELECT\\b.*\\bFROM ${NAME}`, 'is');
const TABLE_OF_INDEX = new RegExp(`\\bON ${NAME}`, 'i');

/** Reads what a statement of a migration does and to which table; nothing of one that is none of the known forms. */
export function subjectOf(sql: string): Subject | undefined {
  for (const [verb, pattern] of FORMS) {
    const table = pattern.exec(sql)?.[1];
    if (table === undefined) continue;
    // MySQL names the table of an index that goes; SQLite only the index.
    if (verb === 'drop-index') return { verb, table: TABLE_OF_INDEX.exec(sql)?.[1] ?? table };
    const from = verb === 'insert' ? SOURCE.exec(sql)?.[1] : undefined;
    return from === undefined ? { verb, table } : { verb, table, from };
  }
  return undefined;
}

/** The statement with another table in the place of the one that it changes. */
export function onTable(sql: string, table: string): string {
  const found = /^\s*(?:ALTER TABLE|(?:CREATE|DROP) (?:UNIQUE )?INDEX \S+ ON) ([`"]?\w+[`"]?)/i.exec(sql);
  if (found?.[1] === undefined) throw new Error('only a statement that changes a table can change another one');
  const end = found[0].length;
  return `${sql.slice(0, end - found[1].length)}${table}${sql.slice(end)}`;
}

function form(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(' ', '\\s+')}(?![\\w.])`, 'is');
}
