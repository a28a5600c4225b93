import { Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AfterCommit, OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AppModule } from '../../src/app.module.js';
import { loadExtensions } from '../../src/load-extensions.js';
import { AdminApi } from '../support/admin-api.js';
import { databaseKind } from '../support/databases.js';
import { aUser, uniqueName } from '../support/given.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';

const REFUSED = 'refused-';

@Injectable()
class Listener {
  static inside: string[] = [];
  static after: string[] = [];
  static failures = 0;
  static refuses = false;

  @OnEvent('user.registered')
  registered({ userId }: EventCatalogue['user.registered']): void {
    Listener.inside.push(userId);
    if (Listener.refuses) throw new Error(`${REFUSED} by the extension`);
  }

  @AfterCommit('user.registered')
  async welcomed({ userId }: EventCatalogue['user.registered']): Promise<void> {
    await Promise.resolve();
    if (Listener.failures > 0) {
      Listener.failures -= 1;
      throw new Error('the other program does not answer');
    }
    Listener.after.push(userId);
  }
}

@Module({ providers: [Listener] })
class Extension {}

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))('an extension on %s', (_kind, database) => {
  let service: TestService;
  let api: AdminApi;

  beforeAll(async () => {
    service = await startService({ database, module: (settings) => AppModule.forRoot(settings, [Extension]) });
    api = await AdminApi.of(service);
  });
  afterAll(() => service.close());
  beforeEach(() => {
    Object.assign(Listener, { inside: [], after: [], failures: 0, refuses: false });
  });

  it('hears what happens, in the transaction and after it', async () => {
    const { id } = await aUser(service);
    expect(Listener.inside).toEqual([id]);
    await vi.waitFor(() => {
      expect(Listener.after).toEqual([id]);
    });
  });

  it('takes back what happened by an error in the transaction, and is not called after it', async () => {
    Listener.refuses = true;
    const username = uniqueName('refused');
    await expect(aUser(service, { username })).rejects.toThrow(REFUSED);
    Listener.refuses = false;
    await service.app.get(JobsService, { strict: false }).runNow('deliver-outbox');
    expect(Listener.after).toEqual([]);
    expect((await api.get('/users', { q: username })).body).toMatchObject({ items: [] });
  });

  it('is not called after a rehearsal', async () => {
    expect((await api.post('/users?dry_run=true', { username: uniqueName('rehearsed') })).status).toBe(200);
    await service.app.get(JobsService, { strict: false }).runNow('deliver-outbox');
    expect(Listener.after).toEqual([]);
  });

  it('is called again after the commit until it succeeds', async () => {
    Listener.failures = 2;
    const { id } = await aUser(service);
    await vi.waitFor(() => {
      expect(Listener.failures).toBe(1);
    });
    for (let time = 0; time < 3; time += 1) {
      service.clock.advance('1m');
      await service.app.get(JobsService, { strict: false }).runNow('deliver-outbox');
    }
    expect(Listener.after).toEqual([id]);
  });
});

describe('EXTENSIONS', () => {
  it('stops the start with exit code 78 at a file that cannot be loaded or exports no module', async () => {
    for (const [file, reason] of [
      ['no/such/file.js', /cannot be loaded/],
      ['test/plain-line.mjs', /exports no Nest module/],
    ] as const) {
      const loading = loadExtensions({ extensions: [file] });
      await expect(loading).rejects.toMatchObject({ exitCode: 78, message: expect.stringMatching(reason) as string });
    }
  });
});
