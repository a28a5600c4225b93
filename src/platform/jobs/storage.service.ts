import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { TableSizes, type TableSize } from '#platform/database/index.js';
import { PurgeRunsRepository, type PurgeRun } from './purge-runs.repository.js';
import { Purges, type PurgedTable } from './purges.service.js';

const DAY_SECONDS = 86_400;

/** What a table that is purged takes, and whether its purge keeps up. */
export interface TableStorage extends TableSize {
  readonly name: string;
  readonly job: string;
  readonly everySeconds: number;
  /** For how long the row has been due that should have gone first; zero when none is due. */
  readonly purgeLagSeconds: number;
  readonly lastPurge: PurgeRun | undefined;
  /** How many rows come and go in a day at the present rate; unknown before the first purge. */
  readonly rowsPerDay: number | undefined;
}

/** Tells operators what the tables take that grow by themselves, and whether they stop growing. */
@Injectable()
export class Storage {
  constructor(
    private readonly purges: Purges,
    private readonly sizes: TableSizes,
    private readonly runs: PurgeRunsRepository,
    private readonly clock: Clock,
  ) {}

  /** Every table that is purged, by name. */
  async tables(): Promise<TableStorage[]> {
    const tables = this.purges.tables;
    const sizes = await this.sizes.of(tables.map(({ entity }) => entity));
    const runs = new Map((await this.runs.all()).map((run) => [run.tableName, run]));
    const storage: TableStorage[] = [];
    for (const table of tables) {
      const size = sizes.get(table.name);
      if (size === undefined) continue;
      const lastPurge = runs.get(table.name);
      const { name, job, everySeconds } = table;
      const rowsPerDay = forecast(lastPurge, everySeconds);
      storage.push({ ...size, name, job, everySeconds, purgeLagSeconds: await this.lag(table), lastPurge, rowsPerDay });
    }
    return storage;
  }

  private async lag({ entity }: PurgedTable): Promise<number> {
    const now = this.clock.now();
    const oldest = await this.sizes.oldestExpired(entity, now);
    return oldest === undefined ? 0 : Math.floor((now.getTime() - oldest.getTime()) / 1000);
  }
}

/** As many as the last purge found, in each of the day's purges: what goes in a day is what came in a day. */
function forecast(lastPurge: PurgeRun | undefined, everySeconds: number): number | undefined {
  return lastPurge && Math.round((lastPurge.deleted * DAY_SECONDS) / everySeconds);
}
