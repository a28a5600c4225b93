import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemRandom } from '#platform/crypto/index.js';
import { Leases } from '#platform/database/index.js';
import type { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { openSample } from './support/open-sample.js';

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('jobs on %s', (_kind, url) => {
  let clock: FrozenClock;
  let database: Database;
  let close: () => Promise<void>;
  const replicas: JobsService[] = [];
  const replica = () => {
    const jobs = new JobsService(new Leases(database, clock, new SystemRandom(clock)));
    replicas.push(jobs);
    return jobs;
  };

  beforeEach(async () => {
    clock = new FrozenClock();
    ({ database, close } = await openSample(url));
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((jobs) => jobs.onModuleDestroy()));
    await close();
  });

  it('do nothing by themselves until they are started', async () => {
    const work = vi.fn(() => Promise.resolve());
    replica().register('idle', 0.01, work);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(work).not.toHaveBeenCalled();
  });

  it('run once in a period, in one replica of three', async () => {
    let runs = 0;
    const all = [replica(), replica(), replica()];
    for (const jobs of all) {
      jobs.register('shared', 0.02, () => Promise.resolve((runs += 1)));
      jobs.start();
    }
    // The timers turn many times, but by the clock of the leases it is the same moment.
    await vi.waitFor(() => {
      expect(runs).toBe(1);
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(runs).toBe(1);
    clock.advance('1s');
    await vi.waitFor(() => {
      expect(runs).toBe(2);
    });
  });

  it('count their period from their beginning, so one that takes longer is due again at its end', async () => {
    let runs = 0;
    const jobs = replica();
    jobs.register('slow', 0.02, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      runs += 1;
    });
    jobs.start();
    // By the clock of the leases no time goes by.
    await vi.waitFor(() => {
      expect(runs).toBeGreaterThan(2);
    });
  });

  it('are tried again after a failure, and harm no other', async () => {
    let runs = 0;
    const logged = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
    const jobs = replica();
    jobs.register('failing', 0.01, () => Promise.reject(new Error(`failure ${(runs += 1)}`)));
    jobs.start();
    await vi.waitFor(() => {
      expect(runs).toBeGreaterThan(2);
    });
    await jobs.onModuleDestroy();
    expect(logged).toHaveBeenCalledWith('the job "failing" failed', expect.stringContaining('failure 1'));
    logged.mockRestore();
  });

  it('are waited for at the end, and told of it', async () => {
    const order: string[] = [];
    const jobs = replica();
    jobs.register('long', 0.01, async (signal) => {
      order.push('begun');
      await new Promise((resolve) => {
        signal.addEventListener('abort', () => setTimeout(resolve, 20));
      });
      order.push('done');
    });
    jobs.start();
    await vi.waitFor(() => {
      expect(order).toEqual(['begun']);
    });
    await jobs.onModuleDestroy();
    expect(order).toEqual(['begun', 'done']);
  });

  it('run now when asked, and tell the asker of a failure', async () => {
    const jobs = replica();
    jobs.register('now', 3600, () => Promise.reject(new Error('broken')));
    await expect(jobs.runNow('now')).rejects.toThrow('broken');
    await expect(jobs.runNow('unknown')).rejects.toThrow('no job "unknown"');
    expect(() => {
      jobs.register('now', 1, () => Promise.resolve());
    }).toThrow('already');
    expect(jobs.names).toEqual(['now']);
  });
});
