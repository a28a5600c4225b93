import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ScopeEntity, type ScopeRow } from './scope.entity.js';

/** The columns of a scope that can change. */
export type ScopeColumns = Omit<ScopeRow, 'name' | 'resourceId' | 'createdAt' | 'updatedAt'>;

/** The rows of `scope`. */
@Injectable()
export class ScopesRepository extends EntityRepository<ScopeEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {
    super(database, ScopeEntity);
  }

  async findMany(names: readonly string[]): Promise<ScopeRow[]> {
    const rows = await this.rows.findBy({ name: In(names) });
    return rows.filter(({ name }) => names.includes(name));
  }

  list(request: PageRequest): Promise<Page<ScopeRow>> {
    return this.page(request, { key: 'name' });
  }

  async add(name: string, resourceId: string | null, columns: ScopeColumns): Promise<ScopeRow> {
    const now = this.clock.now();
    const row = { name, resourceId, ...columns, createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    await this.changes.note('resources');
    return row;
  }

  /** Writes changed columns if nobody changed the row since `readAt`; tells whether it was written. */
  async replace(name: string, columns: ScopeColumns, readAt: Date): Promise<boolean> {
    const now = this.clock.now();
    // Strictly later, so that `updatedAt` also tells one version of a row from the next.
    const updatedAt = now > readAt ? now : new Date(readAt.getTime() + 1);
    const { affected } = await this.rows.update({ name, updatedAt: readAt }, { ...columns, updatedAt });
    if (affected === 1) await this.changes.note('resources');
    return affected === 1;
  }

  async remove(name: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ name });
    if (affected === 1) await this.changes.note('resources');
    return affected === 1;
  }
}
