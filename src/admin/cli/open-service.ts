import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogSettings, type Settings } from '#platform/config/index.js';
import { createAdapter, LastResort } from '#platform/http/index.js';
import { createLog, NestLog } from '#platform/observability/index.js';
import { AppModule } from '../../app.module.js';
import { loadExtensions } from '../../load-extensions.js';

/** Any class that the modules of the service provide. */
export type Provided<T> = abstract new (...dependencies: never[]) => T;

/** Hands out what the modules of the service provide. */
export type Services = <T>(token: Provided<T>) => T;

/** The service with its modules made but not started: nothing listens, no job runs, nothing is set up. */
export interface OpenService {
  readonly services: Services;
  close(): Promise<void>;
}

/** Takes the lines of the log. */
export interface LogSink {
  write(line: string): void;
}

/** Opens the service as the command line needs it; it logs only what matters. */
export async function openService(settings: Settings, sink: LogSink): Promise<OpenService> {
  const log = await createLog(logSettings(settings), sink);
  const extensions = await loadExtensions(settings.server);
  const { adapter } = createAdapter(settings, new LastResort());
  const options: Partial<NestApplicationOptions> = { logger: new OwnLog(log), bodyParser: false, abortOnError: false };
  const app = await NestFactory.create(AppModule.forRoot(settings, extensions), adapter, options);
  return { services: (token) => app.get(token, { strict: false }), close: () => app.close() };
}

function logSettings({ given, log: { level, format } }: Settings): LogSettings {
  return new LogSettings({ level: given.has('LOG_LEVEL') ? level : 'warn', format });
}

/** Whoever opens the service tells of its failure in one sentence; Nest would tell it at length before. */
class OwnLog extends NestLog {
  override error(message: unknown, ...parameters: unknown[]): void {
    if (parameters.at(-1) !== 'ExceptionHandler') super.error(message, ...parameters);
  }
}
