import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeyGenerator } from '#keys/index.js';
import { loadSettings, type Settings } from '#platform/config/index.js';
import { Argon2PasswordHasher, SystemClock } from '#platform/crypto/index.js';
import type { KnownRoutes } from '#platform/http/index.js';
import { createLog } from '#platform/observability/index.js';
import { setUpService } from '../../src/app.setup.js';
import { CapturedLog } from './captured-log.js';
import { CheapPasswordHasher } from './cheap-password-hasher.js';
import { makeDatabase, testDatabases } from './databases.js';
import { FrozenClock } from './frozen-clock.js';
import { aMigratedDatabase } from './migrated-databases.js';
import { RecycledKeys } from './recycled-keys.js';

export { testDatabases as databasesUnderTest } from './databases.js';

/** What a test may choose about the service it starts. */
export interface ServiceChoices {
  /** A URL of `databasesUnderTest()`; by default the first of them. A server gets a schema of its own, dropped at the end. */
  readonly database?: string;
  /** Variables beside or instead of those every test has; `port` is the one the service will listen on. */
  readonly env?: NodeJS.ProcessEnv | ((port: number) => NodeJS.ProcessEnv);
  readonly clock?: FrozenClock;
  /** Hashes passwords as in production: for tests of exactly that. */
  readonly realPasswordHasher?: boolean;
  /** Another module instead of the whole service: for tests of what holds for all requests. */
  readonly module?: (settings: Settings) => DynamicModule;
}

/** A service that listens on a free port, with a clock that only the test moves. */
export interface TestService {
  readonly issuer: string;
  readonly settings: Settings;
  readonly clock: FrozenClock;
  readonly logs: CapturedLog;
  readonly app: NestFastifyApplication;
  readonly routes: KnownRoutes;
  /** The address of a path of the service. */
  url(path: string): string;
  close(): Promise<void>;
}

/** Starts the whole service for a test file; `close` leaves nothing behind. */
export async function startService(choices: ServiceChoices = {}): Promise<TestService> {
  const clock = choices.clock ?? new FrozenClock();
  const logs = new CapturedLog();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const server = choices.database ?? testDatabases()[0] ?? 'sqlite::memory:';
  const database = await (choices.module === undefined ? aMigratedDatabase(server) : makeDatabase(server));
  const cleanUp = async (): Promise<void> => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const settings = await settingsFor(choices, { DATA_DIR: folder, DATABASE_URL: database.url });
    const { app, routes } = await setUpService({
      module: choices.module?.(settings) ?? (await wholeService(settings)),
      settings,
      log: await createLog(settings.log, logs),
      substitutes: { instanceDecorator: substitute(clock, choices.realPasswordHasher ?? false) },
    });
    await app.listen(settings.server.port, settings.server.host);
    const close = async (): Promise<void> => {
      await app.close();
      await cleanUp();
    };
    const { issuer } = settings;
    return { issuer: issuer.issuer, settings, clock, logs, app, routes, url: (path) => issuer.url(path), close };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function settingsFor({ env = {} }: ServiceChoices, own: NodeJS.ProcessEnv): Promise<Settings> {
  const port = await freePort();
  const chosen = typeof env === 'function' ? env(port) : env;
  const common = { PORT: String(port), ISSUER: `http://127.0.0.1:${port}`, LOG_LEVEL: 'debug', LOG_FORMAT: 'json' };
  return loadSettings({ ...common, ...own, ...chosen }, { terminal: false });
}

// Loaded when needed, so that a test of a few modules does not load them all.
async function wholeService(settings: Settings): Promise<DynamicModule> {
  const { AppModule } = await import('../../src/app.module.js');
  return AppModule.forRoot(settings);
}

function substitute(clock: FrozenClock, realPasswordHasher: boolean): (instance: unknown) => unknown {
  return (instance) => {
    if (instance instanceof SystemClock) return clock;
    if (instance instanceof Argon2PasswordHasher && !realPasswordHasher) return new CheapPasswordHasher();
    if (instance instanceof KeyGenerator) return new RecycledKeys();
    return instance;
  };
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
