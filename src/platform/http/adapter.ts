import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '#platform/config/index.js';
import { registerBodyParsers } from './body-parsers.js';
import { KnownRoutes } from './known-routes.js';
import type { LastResort } from './last-resort.js';
import { answerUnreadable, LIMITS } from './limits.js';
import { rememberOrigin } from './request-facts.js';
import { registerRequestHooks } from './request-hooks.js';
import { requestIds } from './request-ids.js';
import { routedUrl } from './routed-url.js';
import { tlsOptions } from './tls.js';
import { TrustedProxies } from './trusted-proxies.js';

const SECONDS = 1000;
const TIMEOUTS = {
  headers: 10 * SECONDS,
  request: 30 * SECONDS,
  idle: 60 * SECONDS,
  keepAlive: 30 * SECONDS,
  checkEvery: 2 * SECONDS,
} as const;

/** The HTTP server of the service and what its hooks know of it. */
export interface HttpServer {
  readonly adapter: FastifyAdapter;
  readonly routes: KnownRoutes;
  /** Ends each connection with its next answer, so that whoever keeps some alive comes back elsewhere. */
  readonly endConnections: () => void;
}

/** Installs hooks that come before all others. */
export type FirstHooks = (instance: FastifyInstance) => void;

const none: FirstHooks = () => undefined;

/** Makes the HTTP server with every rule that holds for all requests. */
export function createAdapter(settings: Settings, lastResort: LastResort, first: FirstHooks = none): HttpServer {
  const proxies = new TrustedProxies(settings.server.trustProxy);
  const adapter = new FastifyAdapter({
    ...serverOptions(settings),
    trustProxy: (address: string) => proxies.trusts(address),
    requestIdHeader: false,
    genReqId: requestIds(proxies),
    requestTimeout: TIMEOUTS.request,
    connectionTimeout: TIMEOUTS.idle,
    keepAliveTimeout: TIMEOUTS.keepAlive,
    bodyLimit: LIMITS.formBytes,
    routerOptions: { maxParamLength: LIMITS.requestLineBytes },
    rewriteUrl: (request: IncomingMessage) => routedUrl(request.url ?? '/', settings.issuer.basePath),
    // What arrives on a connection that is still open is answered like what arrived a moment before.
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      lastResort.answer(error, request, reply);
    },
  });
  const instance = adapter.getInstance<FastifyInstance>();
  instance.server.maxHeadersCount = 0;
  first(instance);
  rememberOrigin(instance, settings.issuer.origin);
  registerBodyParsers(instance);
  const endConnections = endingConnections(instance);
  const routes = new KnownRoutes();
  registerRequestHooks(instance, { settings, proxies, routes });
  return { adapter, routes, endConnections };
}

// A connection that is kept alive after the last answer would hold up the stop until its time-out.
function endingConnections(instance: FastifyInstance): () => void {
  let ending = false;
  const end = (): void => {
    ending = true;
  };
  instance.addHook('preClose', (done) => {
    end();
    done();
  });
  instance.addHook('onSend', (_request, reply, _payload, done) => {
    if (ending) reply.header('connection', 'close');
    done();
  });
  return end;
}

function serverOptions(settings: Settings): object {
  const http = {
    maxHeaderSize: LIMITS.nodeHeaderBytes,
    headersTimeout: TIMEOUTS.headers,
    connectionsCheckingInterval: TIMEOUTS.checkEvery,
  };
  return settings.server.tls === undefined ? { http } : { https: { ...http, ...tlsOptions(settings.server.tls) } };
}
