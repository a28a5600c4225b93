import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { openDatabase } from '#platform/database/index.js';
import type { Database, Schema } from '#platform/database/index.js';
import { makeDatabase } from '../../support/databases.js';
import { SAMPLE_SCHEMA } from './sample-schema.js';

/** An open database with the sample tables, and how to be rid of it. */
export async function openSample(
  url: string,
  schema: Schema = SAMPLE_SCHEMA,
): Promise<{ database: Database; close: () => Promise<void> }> {
  const made = await makeDatabase(url);
  const clock = new SystemClock();
  const database = await openDatabase({ url: made.url, migrateOnStart: true }, schema, clock, new SystemRandom(clock));
  return {
    database,
    close: async () => {
      await database.dataSource.destroy();
      await made.drop();
    },
  };
}
