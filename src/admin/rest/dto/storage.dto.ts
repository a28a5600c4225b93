import type { TableStorage } from '#platform/jobs/index.js';
import {
  FlagMember,
  InstantMember,
  NumberMember,
  ObjectListMember,
  ObjectMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';

const NOT_NEGATIVE = { minimum: 0 } as const;

/** How the last purge of a table went. */
export class LastPurgeAnswer {
  @InstantMember({ about: 'When it began.', required: true })
  at!: string;

  @NumberMember({ about: 'How many rows it deleted.', required: true, schema: NOT_NEGATIVE })
  deleted!: number;

  @NumberMember({ about: 'How many milliseconds it took.', required: true, schema: NOT_NEGATIVE })
  milliseconds!: number;
}

/** A table that is purged, as it is answered. */
export class TableStorageAnswer {
  @TextMember({ about: 'The name of the table.', required: true })
  table!: string;

  @NumberMember({ about: 'How many rows it has.', required: true, schema: NOT_NEGATIVE })
  rows!: number;

  @FlagMember({ about: 'Whether the rows were counted; else the statistics of the server say so.', required: true })
  rows_exact!: boolean;

  @NumberMember({ about: 'What its rows take.', required: true, schema: NOT_NEGATIVE })
  data_bytes!: number;

  @NumberMember({ about: 'What its indexes take.', required: true, schema: NOT_NEGATIVE })
  index_bytes!: number;

  @NumberMember({
    about: 'For how many seconds the oldest expired row has been due; 0 when none is.',
    required: true,
    schema: NOT_NEGATIVE,
  })
  purge_lag_seconds!: number;

  @TextMember({ about: 'The job that purges it.', required: true })
  job!: string;

  @NumberMember({ about: 'How many seconds are between two purges.', required: true, schema: { minimum: 1 } })
  every_seconds!: number;

  @ObjectMember(LastPurgeAnswer, { about: 'How the last purge went; left out before the first.' })
  last_purge?: Plain<LastPurgeAnswer>;

  @NumberMember({
    about: 'How many rows go in a day, and so come, if each purge finds as many as the last one.',
    schema: NOT_NEGATIVE,
  })
  rows_per_day?: number;
}

/** The tables that are purged. */
export class StorageAnswer {
  @ObjectListMember(TableStorageAnswer, { about: 'Each table whose rows run out, by name.', required: true })
  items!: readonly Plain<TableStorageAnswer>[];
}

/** A table as it is answered. */
export function tableStorageAnswer(table: TableStorage): Plain<TableStorageAnswer> {
  const { name, rows, exact, dataBytes, indexBytes, purgeLagSeconds, job, everySeconds, lastPurge, rowsPerDay } = table;
  return {
    table: name,
    rows,
    rows_exact: exact,
    data_bytes: dataBytes,
    index_bytes: indexBytes,
    purge_lag_seconds: purgeLagSeconds,
    job,
    every_seconds: everySeconds,
    ...(lastPurge && {
      last_purge: {
        at: lastPurge.startedAt.toISOString(),
        deleted: lastPurge.deleted,
        milliseconds: lastPurge.milliseconds,
      },
    }),
    ...(rowsPerDay !== undefined && { rows_per_day: rowsPerDay }),
  };
}
