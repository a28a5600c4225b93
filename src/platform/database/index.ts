export { Count, Digest, DIGEST_LENGTH, Flag, Id, Instant, Json, LargeCount, LongText, Ref, Text } from './columns.js';
export type { ColumnChoices } from './columns.js';
export type { Schema } from './data-source-options.js';
export {
  DatabaseUnavailable,
  HeavyMigration,
  isReferenceViolation,
  isUnavailable,
  isUniqueViolation,
  SchemaBehind,
} from './database-errors.js';
export { Database } from './database.js';
export type { Rows } from './database.js';
export { DatabaseModule } from './database.module.js';
export { EntityRepository } from './entity-repository.js';
export { ExpiredRows } from './expired-rows.js';
export type { PurgeChoices } from './expired-rows.js';
export { LeaseEntity } from './lease.entity.js';
export { createLeaseTable } from './lease-table.js';
export { Leases } from './leases.js';
export { column, createTable, index, unique } from './migrations.js';
export type { IndexDefinition, ReferenceDefinition, TableDefinition } from './migrations.js';
export { MIGRATION_LIMITS } from './migration-plan/burden.js';
export type { MigrationLimits } from './migration-plan/burden.js';
export { planOf } from './migration-plan/migration-plan.js';
export type { PlannedStatement } from './migration-plan/migration-plan.js';
export { isAboutSchema } from './migration-plan/recorded-statements.js';
export { subjectOf } from './migration-plan/statement-subject.js';
export { pendingMigrations } from './migrator.js';
export type { MigrationCourage } from './migrator.js';
export { makeDataSource, openDatabase } from './open-database.js';
export { InvalidCursor } from './paging.js';
export type { Page, PageRequest, Paging } from './paging.js';
export { References } from './references.js';
export type { RawRow } from './statement.js';
export { type StatementFacts, STATEMENTS } from './statement-channel.js';
export { TableSizes } from './table-sizes.js';
export type { TableSize } from './table-sizes.js';
export { Transactions } from './transactions.js';
export type { TransactionChoices } from './transactions.js';
