import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import type { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { KeyGenerator } from '#keys/index.js';
import { ConfigModule, loadSettings } from '#platform/config/index.js';
import { CryptoModule, SystemClock } from '#platform/crypto/index.js';
import { DatabaseModule } from '#platform/database/index.js';
import type { Schema } from '#platform/database/index.js';
import { EventsModule } from '#platform/events/index.js';
import { HttpModule } from '#platform/http/index.js';
import { JobsModule } from '#platform/jobs/index.js';
import type { FrozenClock } from '../../support/frozen-clock.js';

/** What stands on the platform in a test. */
export interface Parts {
  readonly schema: Schema;
  readonly clock: FrozenClock;
  readonly modules?: readonly Type[];
  readonly providers?: readonly Type[];
  /** Instead of the real one. */
  readonly keyGenerator?: KeyGenerator | undefined;
}

@Module({})
class TestModule {}

/** The platform over a database that exists, as one process of the service has it. */
export async function startPlatform(url: string, parts: Parts): Promise<INestApplicationContext> {
  const settings = loadSettings({ DATABASE_URL: url, SECRET_KEYS: Buffer.alloc(32, 7).toString('base64url') });
  const module: DynamicModule = {
    module: TestModule,
    imports: [
      ConfigModule.forRoot(settings),
      CryptoModule,
      DatabaseModule.forRoot(parts.schema),
      EventsModule,
      JobsModule,
      HttpModule,
      ...(parts.modules ?? []),
    ],
    providers: [...(parts.providers ?? [])],
  };
  const instanceDecorator = (instance: unknown): unknown => {
    if (instance instanceof SystemClock) return parts.clock;
    return instance instanceof KeyGenerator ? (parts.keyGenerator ?? instance) : instance;
  };
  const options: Partial<NestApplicationContextOptions> = { logger: false, abortOnError: false };
  options.instrument = { instanceDecorator };
  return NestFactory.createApplicationContext(module, options);
}
