import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CACHE_ENTITIES, CacheModule, Changes } from '#platform/cache/index.js';
import { LeaseEntity, Transactions } from '#platform/database/index.js';
import { Platform1767225601000 } from '../../src/migrations/1000-platform.migration.js';
import { ChangeStamps1767225601650 } from '../../src/migrations/1650-change-stamps.migration.js';
import { databaseKind, makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { startPlatform } from './support/platform.js';

const SCHEMA = {
  entities: [LeaseEntity, ...CACHE_ENTITIES],
  migrations: [Platform1767225601000, ChangeStamps1767225601650],
};

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('changes on %s', (kind, url) => {
  let folder: string;
  let made: TestDatabase;
  let clock: FrozenClock;
  const processes: INestApplicationContext[] = [];
  const start = async () => {
    const context = await startPlatform(made.url, { schema: SCHEMA, clock, modules: [CacheModule] });
    processes.push(context);
    return { changes: context.get(Changes), transactions: context.get(Transactions, { strict: false }) };
  };
  type Process = Awaited<ReturnType<typeof start>>;
  const change = ({ changes, transactions }: Process) => transactions.run(() => changes.note('clients'));
  const generation = ({ changes }: Process) => changes.generation('clients');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-changes-'));
    made = await makeDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'shared.sqlite')}` : url);
    clock = new FrozenClock();
  });
  afterEach(async () => {
    for (const context of processes.splice(0)) await context.close();
    await made.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are known at once to the process that made them, and to others at their next look', async () => {
    const [here, there] = [await start(), await start()];
    const [before, beforeThere] = [await generation(here), await generation(there)];
    await change(here);
    expect(await generation(here)).toBeGreaterThan(before);
    clock.advance('499ms');
    expect(await generation(there)).toBe(beforeThere);
    clock.advance('1ms');
    expect(await generation(there)).toBeGreaterThan(beforeThere);
  });

  it('concern one kind only', async () => {
    const [here, there] = [await start(), await start()];
    const before = await there.changes.generation('resources');
    await change(here);
    clock.advance('500ms');
    expect(await there.changes.generation('resources')).toBe(before);
  });

  it('that were not committed did not happen', async () => {
    const [here, there] = [await start(), await start()];
    const [before, beforeThere] = [await generation(here), await generation(there)];
    const failing = here.transactions.run(async () => {
      await here.changes.note('clients');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    clock.advance('500ms');
    expect([await generation(here), await generation(there)]).toEqual([before, beforeThere]);
  });

  it('are known to nobody before they are committed', async () => {
    const here = await start();
    const before = await generation(here);
    await here.transactions.run(async () => {
      await here.changes.note('clients');
      expect(here.changes.inTransaction).toBe(true);
      expect(here.changes.known('clients')).toBe(before);
    });
    expect(here.changes.known('clients')).toBe(before + 1);
  });

  it('cannot be noted outside of the transaction that makes them', async () => {
    const here = await start();
    await expect(here.changes.note('clients')).rejects.toThrow('in the transaction that makes it');
  });

  it('made at once by two processes are both counted', async () => {
    const [one, another, there] = [await start(), await start(), await start()];
    let before = await generation(there);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([change(one), change(another)]);
      clock.advance('500ms');
      expect(await generation(there)).toBeGreaterThan(before);
      before = await generation(there);
    }
  });

  it('that nobody noted are found after ten seconds, as those of an older release are', async () => {
    const here = await start();
    const before = await generation(here);
    clock.advance('9s');
    expect(await generation(here)).toBe(before);
    clock.advance('1s');
    expect(await generation(here)).toBeGreaterThan(before);
  });
});
