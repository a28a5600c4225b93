import { Table, TableForeignKey } from 'typeorm';
import type { QueryRunner, TableColumnOptions } from 'typeorm';
import { DIGEST_LENGTH, ID_LENGTH } from './columns.js';
import type { ColumnChoices } from './columns.js';
import { foreignKeyName } from './snake-case.naming.js';

/** An index or unique index under the name that the entity gives it. */
export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** A column that holds the key of another table. */
export interface ReferenceDefinition {
  readonly column: string;
  readonly table: string;
  /** The column it points at; `id` unless said otherwise. */
  readonly to?: string;
  readonly onDelete?: 'CASCADE';
}

/** A table as a migration makes it. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly TableColumnOptions[];
  readonly indexes?: readonly IndexDefinition[];
  readonly references?: readonly ReferenceDefinition[];
}

/** The columns of a migration: one maker for each decorator of `columns.ts`. */
export const column = {
  id: (name: string, length: number = ID_LENGTH) => varchar(name, length, { primary: true }),
  ref: (name: string, choices: ColumnChoices & { length?: 36 | 255 } = {}) =>
    varchar(name, choices.length ?? ID_LENGTH, choices),
  text: (name: string, length: number, choices: ColumnChoices = {}) => varchar(name, length, choices),
  longText: (name: string, choices: ColumnChoices = {}) => plain(name, 'text', choices),
  digest: (name: string, choices: ColumnChoices = {}) => varchar(name, DIGEST_LENGTH, choices),
  instant: (name: string, choices: ColumnChoices = {}) => plain(name, 'bigint', choices),
  flag: (name: string, choices: ColumnChoices = {}) => plain(name, 'boolean', choices),
  count: (name: string, choices: ColumnChoices = {}) => plain(name, 'integer', choices),
  largeCount: (name: string, choices: ColumnChoices = {}) => plain(name, 'bigint', choices),
  json: (name: string, choices: ColumnChoices = {}) => plain(name, 'text', choices),
} as const;

/** A named index over columns, as `@Index('IX_…', […])` says it. */
export function index(name: string, ...columns: string[]): IndexDefinition {
  return { name, columns, unique: false };
}

/** A named unique index over columns, as `@Index('UQ_…', […], { unique: true })` says it. */
export function unique(name: string, ...columns: string[]): IndexDefinition {
  return { name, columns, unique: true };
}

/** Makes a table that means the same on every database: exact comparison of text, the given names. */
export async function createTable(queryRunner: QueryRunner, definition: TableDefinition): Promise<void> {
  const mysqlFamily = isMysqlFamily(queryRunner);
  const references = (definition.references ?? []).map((reference) => foreignKey(definition.name, reference));
  const table = new Table({
    name: definition.name,
    columns: [...definition.columns],
    indices: (definition.indexes ?? []).map(({ name, columns, unique }) => ({
      name,
      columnNames: [...columns],
      isUnique: unique,
    })),
    foreignKeys: mysqlFamily ? [] : references,
  });
  await queryRunner.createTable(table);
  if (!mysqlFamily) return;
  // Both ends of a foreign key must have the same collation, so it comes after the conversion.
  await binaryCollation(queryRunner, definition.name);
  await keepTextColumns(queryRunner, definition);
  await queryRunner.createForeignKeys(table, references);
}

/** On the MySQL family the default comparison takes `abc` for `AbC`; ours never does. */
export async function binaryCollation(queryRunner: QueryRunner, table: string): Promise<void> {
  if (!isMysqlFamily(queryRunner)) return;
  await queryRunner.query(
    `ALTER TABLE ${queryRunner.dataSource.driver.escape(table)} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  );
}

/** Says whether a migration runs on MySQL or MariaDB rather than on the embedded database. */
export function isMysqlFamily(queryRunner: QueryRunner): boolean {
  return ['mysql', 'mariadb'].includes(queryRunner.dataSource.options.type);
}

/** Where the database's own character set was narrower, the conversion widens TEXT to MEDIUMTEXT: take that back. */
async function keepTextColumns(queryRunner: QueryRunner, definition: TableDefinition): Promise<void> {
  const { driver } = queryRunner.dataSource;
  const texts = definition.columns.filter(({ type }) => type === 'text');
  if (texts.length === 0) return;
  const kept = texts.map(
    ({ name, isNullable }) => `MODIFY ${driver.escape(name)} text ${isNullable ? '' : 'NOT '}NULL`,
  );
  await queryRunner.query(`ALTER TABLE ${driver.escape(definition.name)} ${kept.join(', ')}`);
}

function foreignKey(table: string, reference: ReferenceDefinition): TableForeignKey {
  return new TableForeignKey({
    name: foreignKeyName(table, [reference.column]),
    columnNames: [reference.column],
    referencedTableName: reference.table,
    referencedColumnNames: [reference.to ?? 'id'],
    onDelete: reference.onDelete ?? 'NO ACTION',
    onUpdate: 'NO ACTION',
  });
}

function varchar(name: string, length: number, choices: ColumnChoices): TableColumnOptions {
  return { ...plain(name, 'varchar', choices), length: String(length) };
}

function plain(name: string, type: string, choices: ColumnChoices): TableColumnOptions {
  return { name, type, isNullable: choices.nullable ?? false, isPrimary: choices.primary ?? false };
}
