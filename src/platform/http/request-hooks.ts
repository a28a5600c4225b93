import { HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '#platform/config/index.js';
import { type CorsOrigins, type CorsPolicy, sendPreflight, setCorsHeaders } from './cors.js';
import type { KnownRoutes, PathFacts } from './known-routes.js';
import { repetitionProblem, sizeProblem } from './limits.js';
import { inRequest, type CurrentRequest } from './request-context.js';
import { clientAddress, rawPath } from './request-facts.js';
import type { TrustedProxies } from './trusted-proxies.js';

interface HookFacts {
  readonly settings: Settings;
  readonly proxies: TrustedProxies;
  readonly routes: KnownRoutes;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    cors?: CorsPolicy;
  }
  interface FastifyInstance {
    corsOrigins: CorsOrigins | undefined;
  }
}

/** Installs what happens to every request before its route is asked. */
export function registerRequestHooks(instance: FastifyInstance, facts: HookFacts): void {
  const headers = securityHeaders(facts.settings.issuer.secure);
  instance.decorate('corsOrigins', undefined);
  instance.addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) {
      if (each !== 'HEAD' || mayHead(url)) facts.routes.add(each, url, config?.cors);
    }
  });
  instance.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    const problem = sizeProblem(request.raw) ?? repetitionProblem(request.raw) ?? schemeProblem(request, facts);
    if (problem === undefined) inRequest(factsOf(request), done);
    else done(problem);
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) judgeRouted(request, reply, facts.routes, done);
    else if (!answersUnrouted(request, reply, facts.routes, done)) done();
  });
}

/** The address is worked out when somebody asks for it. */
function factsOf(request: FastifyRequest): CurrentRequest {
  return {
    id: request.id,
    userAgent: request.headers['user-agent'],
    get address() {
      return clientAddress(request);
    },
  };
}

function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

// RFC 6749 §3.1: of the protocol's endpoints only the public documents answer HEAD.
function mayHead(url: string): boolean {
  return !url.startsWith('/oauth2/') || url === '/oauth2/jwks';
}

// RFC 9700 §2.6: what a proxy took over plain http is refused, never redirected.
function schemeProblem(request: FastifyRequest, { settings, proxies }: HookFacts): HttpException | undefined {
  const forwarded = request.headers['x-forwarded-proto'];
  if (!settings.issuer.secure || forwarded === undefined || request.protocol === 'https') return undefined;
  if (!proxies.trusts(request.raw.socket.remoteAddress)) return undefined;
  return new HttpException('This service answers over https only.', 400);
}

type Done = (error?: Error) => void;

function answersUnrouted(request: FastifyRequest, reply: FastifyReply, routes: KnownRoutes, done: Done): boolean {
  const path = routes.facts(rawPath(request));
  if (path === undefined) return false;
  if (request.method === 'OPTIONS' && path.cors.size > 0) answerPreflight(request, reply, path).catch(done);
  else done(wrongMethod(reply, path));
  return true;
}

function judgeRouted(request: FastifyRequest, reply: FastifyReply, routes: KnownRoutes, done: Done): void {
  const { config, url = '' } = request.routeOptions;
  if (request.method === 'HEAD' && !mayHead(url)) {
    done(wrongMethod(reply, routes.facts(rawPath(request))));
    return;
  }
  const { corsOrigins } = request.server;
  const looking = config.cors && setCorsHeaders(reply, config.cors, request.headers.origin, corsOrigins);
  if (looking === undefined) done();
  else
    looking.then(() => {
      done();
    }, done);
}

async function answerPreflight(request: FastifyRequest, reply: FastifyReply, path: PathFacts): Promise<void> {
  const wanted = request.headers['access-control-request-method'] ?? '';
  const policy = path.cors.get(wanted) ?? [...path.cors.values()][0] ?? 'clients';
  await setCorsHeaders(reply, policy, request.headers.origin, request.server.corsOrigins);
  await sendPreflight(reply, [...path.cors.keys()]);
}

function wrongMethod(reply: FastifyReply, path: PathFacts | undefined): HttpException {
  reply.header('allow', path?.methods.join(', ') ?? '');
  return new HttpException('method not allowed', 405);
}
