import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogSettings } from '#platform/config/index.js';
import { currentRequestId } from '#platform/http/index.js';
import { currentSpan, traceFacts } from './current-span.js';
import { togetherTo } from './lines-together.js';

/** The log of the process, as pino writes it. */
export type Log = Logger;

/** Makes the log of the process: one line an event, on standard output unless told otherwise. */
export async function createLog(settings: LogSettings, destination?: DestinationStream): Promise<Log> {
  const stream = destination ?? (await standardOutput(settings.format));
  return pino(
    {
      level: settings.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFacts },
      mixin: contextOf,
      mixinMergeStrategy: (given: object, context: object) =>
        context === NO_CONTEXT ? given : { ...context, ...given },
    },
    stream,
  );
}

const NO_CONTEXT: object = Object.freeze({});

/** What a line tells of the request that it belongs to, unless it says so itself. */
function contextOf(given: object): object {
  if ('requestId' in given) return NO_CONTEXT;
  const requestId = currentRequestId();
  const trace = traceFacts(currentSpan());
  return requestId === undefined ? trace : { requestId, ...trace };
}

async function standardOutput(format: LogSettings['format']): Promise<DestinationStream> {
  if (format === 'json') return togetherTo(pino.destination({ dest: 1, sync: true }));
  const { PinoPretty } = await import('pino-pretty');
  const hidden = 'context,requestId,traceId';
  return PinoPretty({
    sync: true,
    singleLine: true,
    ignore: hidden,
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: PRETTY,
    errorLikeObjectKeys: ['err'],
  });
}

const PRETTY = '{if context}{context}: {end}{msg}{if requestId} ({requestId}){end}';

const DEEPEST_CAUSE = 5;

/** What may be logged of an error: never the parameters or the statement that a database driver attaches to it. */
export function errorFacts(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  const caused = error.cause !== undefined && depth < DEEPEST_CAUSE;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...code,
    ...(caused ? { cause: errorFacts(error.cause, depth + 1) } : {}),
  };
}

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Hands what Nest and our services log to the log of the process. */
export class NestLog implements LoggerService {
  constructor(private readonly destination: Log) {}

  /** Parameters as Nest's Logger passes them: further messages, for errors a stack, and at last the context. */
  error(message: unknown, ...parameters: unknown[]): void {
    this.write('error', message, parameters);
  }

  fatal(message: unknown, ...parameters: unknown[]): void {
    this.write('fatal', message, parameters);
  }

  warn(message: unknown, ...parameters: unknown[]): void {
    this.write('warn', message, parameters);
  }

  // Nest tells at length which modules and routes it has made: that is for developers of the service.
  log(message: unknown, ...parameters: unknown[]): void {
    const context = parameters.at(-1);
    this.write(typeof context === 'string' && NEST_CONTEXTS.has(context) ? 'debug' : 'info', message, parameters);
  }

  debug(message: unknown, ...parameters: unknown[]): void {
    this.write('debug', message, parameters);
  }

  verbose(message: unknown, ...parameters: unknown[]): void {
    this.write('trace', message, parameters);
  }

  private write(level: Level, message: unknown, parameters: readonly unknown[]): void {
    const texts = parameters.filter((parameter) => typeof parameter === 'string');
    const context = texts.at(-1);
    const stack = level === 'error' ? texts.slice(0, -1).find((text) => text.includes('\n    at ')) : undefined;
    const facts = { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
    if (message instanceof Error) this.destination[level]({ ...facts, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.destination[level]({ ...facts, ...message });
    else this.destination[level](facts, String(message));
  }
}

const NEST_CONTEXTS: ReadonlySet<string> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);
