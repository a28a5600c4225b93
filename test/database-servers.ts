import { randomBytes } from 'node:crypto';
import { dropDatabases, testDatabases } from './support/databases.js';

let prepared: Promise<() => Promise<void>> | undefined;

/** Makes ready, once for all projects, what the tests of a run share on database servers; what it answers takes it away. */
export default function prepareServers(): Promise<() => Promise<void>> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<() => Promise<void>> {
  const run = (process.env['TEST_RUN'] ??= randomBytes(4).toString('hex'));
  const servers = testDatabases().filter((url) => !url.startsWith('sqlite:'));
  const forget: (() => void)[] = [];
  for (const url of servers) {
    const { makeModel } = await import('./support/database-model.js');
    forget.push(await makeModel(url));
  }
  return async () => {
    for (const each of forget) each();
    for (const url of servers) await dropDatabases(url, run);
  };
}
