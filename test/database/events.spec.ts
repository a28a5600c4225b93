import { Injectable } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, Transactions } from '#platform/database/index.js';
import { EventBus, OnEvent } from '#platform/events/index.js';
import { databaseKind, makeDatabase, testDatabases } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { startPlatform } from './support/platform.js';
import { sample, SAMPLE_SCHEMA, SampleEntity } from './support/sample-schema.js';

@Injectable()
class Recorder {
  constructor(private readonly database: Database) {}

  @OnEvent('user.deleted')
  async record({ userId }: { userId: string }): Promise<void> {
    await this.database.rows(SampleEntity).insert(sample({ id: `heard ${userId}` }));
  }

  @OnEvent('client.deleted')
  @OnEvent('client.deactivated')
  async recordClient({ clientId }: { clientId: string }): Promise<void> {
    await this.database.rows(SampleEntity).insert(sample({ id: `heard ${clientId}` }));
  }
}

@Injectable()
class Refuser {
  @OnEvent('user.deleted')
  refuse({ userId }: { userId: string }): void {
    if (userId === 'last') throw new Error('the last one stays');
  }
}

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('events on %s', (_kind, url) => {
  let made: TestDatabase;
  let context: INestApplicationContext;
  const has = (id: string) => context.get(Database).rows(SampleEntity).existsBy({ id });

  beforeAll(async () => {
    made = await makeDatabase(url);
    context = await startPlatform(made.url, {
      schema: SAMPLE_SCHEMA,
      clock: new FrozenClock(),
      providers: [Recorder, Refuser],
    });
  });
  afterAll(async () => {
    await context.close();
    await made.drop();
  });

  it('reach every listener, and each of a listener’s names', async () => {
    await context.get(EventBus).publish('user.deleted', { userId: 'u' });
    await context.get(EventBus).publish('client.deleted', { clientId: 'c1' });
    await context.get(EventBus).publish('client.deactivated', { clientId: 'c2' });
    await context.get(EventBus).publish('session.ended', { sessionId: 's', userId: 'u', clientIds: [] });
    expect([await has('heard u'), await has('heard c1'), await has('heard c2')]).toEqual([true, true, true]);
  });

  it('are heard inside the transaction of the publisher', async () => {
    const run = context.get(Transactions).run(async () => {
      await context.get(EventBus).publish('user.deleted', { userId: 'undone' });
      expect(await has('heard undone')).toBe(true);
      throw new Error('afterwards');
    });
    await expect(run).rejects.toThrow('afterwards');
    expect(await has('heard undone')).toBe(false);
  });

  it('did not happen when a listener fails, whatever the others did', async () => {
    const publish = context.get(EventBus).publish('user.deleted', { userId: 'last' });
    await expect(publish).rejects.toThrow('the last one stays');
    expect(await has('heard last')).toBe(false);
  });
});
