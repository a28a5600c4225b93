import type { DynamicModule, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Settings } from '#platform/config/index.js';
import {
  CorsOrigins,
  createAdapter,
  type KnownRoutes,
  LastResort,
  type ProblemFacts,
  requestId,
} from '#platform/http/index.js';
import { type Log, Metrics, NestLog, openTracing, registerRequestLog } from '#platform/observability/index.js';
import { type ErrorKind, ErrorPage, negotiateLocale, ViewsService } from '#views/index.js';

/** Puts other objects in the place of those that Nest made; tests bring their own clock this way. */
export interface Substitutes {
  readonly instanceDecorator: (instance: unknown) => unknown;
}

/** What a service is made from. */
export interface SetUp {
  readonly module: DynamicModule;
  readonly settings: Settings;
  readonly log: Log;
  readonly substitutes?: Substitutes;
}

/** A service that is ready to listen. */
export interface Gatehouse {
  readonly app: NestFastifyApplication;
  readonly routes: KnownRoutes;
  readonly endConnections: () => void;
}

/** Makes the service with everything that holds for all requests: the same for production and for every test. */
export async function setUpService({ module, settings, log, substitutes }: SetUp): Promise<Gatehouse> {
  const lastResort = new LastResort();
  const tracing = await openTracing(settings, log);
  const { adapter, routes, endConnections } = createAdapter(settings, lastResort, (instance) =>
    tracing?.register(instance),
  );
  const options: Partial<NestApplicationOptions> = { logger: new NestLog(log), bodyParser: false, abortOnError: false };
  if (substitutes !== undefined) options.instrument = substitutes;
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const instance = adapter.getInstance<FastifyInstance>();
  app.useGlobalFilters(lastResort);
  lastResort.renderWith(errorPage(app.get(ViewsService, { strict: false })));
  registerRequestLog(instance, log, app.get(Metrics, { strict: false }));
  instance.corsOrigins = optional(app, CorsOrigins);
  await app.init();
  return { app, routes, endConnections };
}

function optional<T>(app: NestFastifyApplication, token: abstract new () => T): T | undefined {
  try {
    return app.get<T>(token, { strict: false });
  } catch {
    return undefined;
  }
}

const KINDS: Readonly<Record<number, ErrorKind>> = {
  403: 'forbidden',
  404: 'not-found',
  405: 'method',
  429: 'busy',
  503: 'busy',
};

function errorPage(views: ViewsService): (facts: ProblemFacts, request: FastifyRequest) => string {
  return (facts, request) => {
    const locale = negotiateLocale({ acceptLanguage: request.headers['accept-language'] });
    const kind = KINDS[facts.status] ?? (facts.status < 500 ? 'client' : 'server');
    const wait = facts.headers?.['retry-after'];
    const model = {
      status: facts.status,
      kind,
      supportCode: requestId(request),
      description: facts.detail,
      ...(wait === undefined ? {} : { retryAfterSeconds: Number(wait) }),
    };
    return views.render(ErrorPage, model, locale);
  };
}
