import { randomBytes } from 'node:crypto';
import { dropDatabases, testDatabases } from './support/databases.js';

/** Gives the databases of a test run a name in common, and drops those that are left at its end. */
export default function nameRun(): () => Promise<void> {
  const run = (process.env['TEST_RUN'] ??= randomBytes(4).toString('hex'));
  return async () => {
    for (const url of testDatabases()) await dropDatabases(url, run);
  };
}
