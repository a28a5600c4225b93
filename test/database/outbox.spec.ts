import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LeaseEntity, Transactions } from '#platform/database/index.js';
import { Outbox, OUTBOX_ENTITIES, OutboxCourier, OutboxModule, type DeliveryOutcome } from '#platform/events/index.js';
import { JOBS_ENTITIES, JobsService } from '#platform/jobs/index.js';
import { Metrics } from '#platform/observability/index.js';
import { Platform1767225601000 } from '../../src/migrations/1000-platform.migration.js';
import { Outbox1767225601640 } from '../../src/migrations/1640-outbox.migration.js';
import { PurgeRuns1767225601670 } from '../../src/migrations/1670-purge-runs.migration.js';
import { OutboxAnswers1767225602820 } from '../../src/migrations/2820-outbox-answers.migration.js';
import { databaseKind, makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { startPlatform } from './support/platform.js';

const TOPIC = 'back-channel-logout';
const SCHEMA = {
  entities: [LeaseEntity, ...JOBS_ENTITIES, ...OUTBOX_ENTITIES],
  migrations: [Platform1767225601000, Outbox1767225601640, PurgeRuns1767225601670, OutboxAnswers1767225602820],
};

@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
class MetricsModule {}

/** One process of the service: its own connections, its own courier, and what it carried. */
class Process {
  readonly carried: string[] = [];
  private constructor(readonly context: INestApplicationContext) {}

  static async start(url: string, clock: FrozenClock): Promise<Process> {
    const modules = [MetricsModule, OutboxModule];
    return new Process(await startPlatform(url, { schema: SCHEMA, clock, modules }));
  }

  /** Carries by noting the session, and then doing what the test says. */
  carryBy(outcome: () => DeliveryOutcome | Promise<DeliveryOutcome>): void {
    this.context.get(OutboxCourier).carry(TOPIC, async ({ sid }) => {
      this.carried.push(sid);
      return outcome();
    });
  }

  async add(sid: string, about = 'client'): Promise<void> {
    await this.context.get(Outbox).add(TOPIC, about, { clientId: 'client', sub: 'user', sid });
  }

  deliver(): Promise<void> {
    return this.context.get(JobsService).runNow('deliver-outbox');
  }

  async statuses(): Promise<string[]> {
    const { items } = await this.context.get(Outbox).list(TOPIC, 'client', { limit: 200 });
    return items.map(({ status }) => status);
  }

  get transactions(): Transactions {
    return this.context.get(Transactions);
  }
}

const delivered = (): DeliveryOutcome => ({ outcome: 'delivered' });
const retry = (): DeliveryOutcome => ({ outcome: 'retry', detail: 'not now' });

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('the outbox on %s', (kind, base) => {
  const clock = new FrozenClock();
  let folder: string;
  let made: TestDatabase;
  let first: Process;
  let second: Process;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-outbox-'));
    // Two connections share a file, but not a database in memory.
    made = await makeDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'outbox.sqlite')}` : base);
    first = await Process.start(made.url, clock);
    second = await Process.start(made.url, clock);
  });
  afterEach(async () => {
    await Promise.all([first.context.close(), second.context.close()]);
    await made.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('delivers after the commit, and not before', async () => {
    const seenElsewhere: number[] = [];
    first.carryBy(async () => {
      seenElsewhere.push((await second.statuses()).length);
      return delivered();
    });
    await first.transactions.run(async () => {
      await first.add('a');
      await first.transactions.run(() => first.add('b'));
      expect(await first.statuses()).toEqual(['pending', 'pending']);
      expect(first.carried).toEqual([]);
    });
    await vi.waitFor(async () => {
      expect(await first.statuses()).toEqual(['delivered', 'delivered']);
    });
    expect(first.carried.sort()).toEqual(['a', 'b']);
    expect(seenElsewhere).toEqual([2, 2]);
  });

  it('knows nothing of what was rolled back', async () => {
    first.carryBy(delivered);
    const undone = first.transactions.run(async () => {
      await first.add('undone');
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await first.deliver();
    expect([first.carried, await first.statuses()]).toEqual([[], []]);
  });

  it('gives each row to one of two processes, however often both ask at once', async () => {
    first.carryBy(retry);
    const sids = Array.from({ length: 60 }, (_, at) => `s${at}`);
    await first.transactions.run(async () => {
      for (const sid of sids) await first.add(sid, `client of ${sid}`);
    });
    await vi.waitFor(() => {
      expect(first.carried).toHaveLength(60);
    });
    clock.advance('1m'); // every first attempt failed, and all are due
    first.carried.length = 0;
    for (const process of [first, second]) process.carryBy(delivered);
    await Promise.all([first, second, first, second].map((process) => process.deliver()));
    expect([...first.carried, ...second.carried].sort()).toEqual([...sids].sort());
    await first.deliver();
    expect(first.carried.length + second.carried.length).toBe(60);
  });

  it('tries a destination that fails three times in one run, and leaves its other rows to the next', async () => {
    const tried = (process: Process): number => process.carried.splice(0).length;
    first.carryBy(retry);
    await first.transactions.run(async () => {
      for (let row = 0; row < 40; row += 1) await first.add(`s${row}`);
    });
    await vi.waitFor(() => {
      expect(first.carried.length).toBeGreaterThan(0);
    });
    // A destination has four at once, and what fails there first is noticed by the others.
    expect(tried(first)).toBeLessThanOrEqual(4);
    await second.add('fine', 'another client');
    second.carryBy(retry);
    await second.deliver();
    const carried = second.carried.splice(0);
    expect(carried.filter((sid) => sid !== 'fine').length).toBeLessThanOrEqual(7);
    expect(carried).toContain('fine');
    for (let run = 0; run < 40; run += 1) {
      second.carryBy(delivered);
      clock.advance('10m');
      await second.deliver();
    }
    expect(new Set(await second.statuses())).toEqual(new Set(['delivered']));
  });

  it('gives the row of a process that died in an attempt to another, and takes no late answer from it', async () => {
    let answer = (_outcome: DeliveryOutcome): void => undefined;
    const never = new Promise<DeliveryOutcome>((resolve) => (answer = resolve));
    first.carryBy(() => never);
    second.carryBy(retry);
    await first.add('a');
    await vi.waitFor(() => {
      expect(first.carried).toEqual(['a']);
    });
    clock.advance('14s');
    await second.deliver();
    expect(second.carried).toEqual([]);
    clock.advance('1s');
    await second.deliver();
    expect(second.carried).toEqual(['a']);
    answer({ outcome: 'failed', detail: 'too late' });
    await first.context.get(OutboxCourier).onModuleDestroy();
    expect(await second.statuses()).toEqual(['pending']);
  });

  it('tries again what a carrier broke at, or nobody carries yet', async () => {
    await first.add('a');
    second.carryBy(() => Promise.reject(new Error('broken')));
    for (const process of [first, second]) {
      clock.advance('1m');
      await process.deliver();
    }
    expect(await first.statuses()).toEqual(['pending']);
    second.carryBy(delivered);
    clock.advance('1m');
    await second.deliver();
    expect(await first.statuses()).toEqual(['delivered']);
  });
});
