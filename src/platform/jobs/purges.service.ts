import { Injectable } from '@nestjs/common';
import type { EntityTarget } from 'typeorm';
import { Clock } from '#platform/crypto/index.js';
import { Database, ExpiredRows, type PurgeChoices } from '#platform/database/index.js';
import { JobsService, type JobWork } from './jobs.service.js';
import { PurgeRunsRepository } from './purge-runs.repository.js';

/** A table whose rows have an end and go after it. */
export type VolatileEntity = EntityTarget<{ expiresAt: Date | null }>;

/** A table that a job purges. */
export interface PurgedTable {
  readonly name: string;
  readonly entity: VolatileEntity;
  /** The job that purges it, and how often. */
  readonly job: string;
  readonly everySeconds: number;
}

/** What a job purges, and how often. */
export interface PurgePlan {
  readonly everySeconds: number;
  /** In the order in which they are purged: children before what they hang on. */
  readonly entities: readonly VolatileEntity[];
  /** What the same job does first. */
  readonly first?: JobWork;
  /** Up to when what has run out goes now; everything unless said. */
  readonly until?: (now: Date) => Date;
  /** What the same job does afterwards. */
  readonly andThen?: JobWork;
}

/** A batch of a purge that was carried out. */
export interface PurgedBatch {
  readonly table: string;
  readonly milliseconds: number;
}

/** Purges what modules declare to be volatile, and knows of each table how the last purge went. */
@Injectable()
export class Purges {
  readonly #planned: Omit<PurgedTable, 'name'>[] = [];
  readonly #deleted = new Map<string, number>();
  readonly #watchers: ((batch: PurgedBatch) => void)[] = [];

  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly runs: PurgeRunsRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Declares a job that deletes from tables what has run out. */
  register(job: string, { everySeconds, entities, first, until, andThen }: PurgePlan): void {
    this.#planned.push(...entities.map((entity) => ({ entity, job, everySeconds })));
    this.jobs.register(job, everySeconds, async (signal) => {
      await first?.(signal);
      const choices = { signal, everySeconds, begunAt: performance.now() };
      for (const entity of entities) await this.#purge(entity, choices, until);
      await andThen?.(signal);
    });
  }

  /** Every table that is purged, by name. */
  get tables(): readonly PurgedTable[] {
    const tables = this.#planned.map((planned) => ({ ...planned, name: this.#nameOf(planned.entity) }));
    return tables.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** How many rows this process has deleted since it started, by table. */
  get deleted(): ReadonlyMap<string, number> {
    return this.#deleted;
  }

  /** Tells of each batch of each purge in this process. */
  watch(watcher: (batch: PurgedBatch) => void): void {
    this.#watchers.push(watcher);
  }

  async #purge(entity: VolatileEntity, choices: PurgeChoices, until = (now: Date) => now): Promise<void> {
    const start = performance.now();
    const tableName = this.#nameOf(entity);
    const now = this.clock.now();
    const deleted = await this.expired.deleteExpired(entity, until(now), {
      ...choices,
      onBatch: (batchMilliseconds) => {
        for (const watcher of this.#watchers) watcher({ table: tableName, milliseconds: batchMilliseconds });
      },
    });
    this.#deleted.set(tableName, (this.#deleted.get(tableName) ?? 0) + deleted);
    const milliseconds = Math.round(performance.now() - start);
    await this.runs.note({ tableName, startedAt: now, deleted, milliseconds });
  }

  #nameOf(entity: VolatileEntity): string {
    return this.database.dataSource.getMetadata(entity).tableName;
  }
}
