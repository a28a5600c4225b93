import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, rawPath } from '#platform/http/index.js';
import { spanOf, traceFacts } from './current-span.js';
import type { Log } from './logging.js';
import type { Metrics } from './metrics.js';

const LONGEST_PATH = 200;
/** Whatever could be a code or token that somebody put into a path. */
const COULD_BE_SECRET = /[\w.~%-]{16,}/g;

/** Logs and measures every answer. Never a query, body, cookie or header of a request: secrets live there. */
export function registerRequestLog(instance: FastifyInstance, log: Log, metrics: Metrics): void {
  instance.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    metrics.answered(request.method, route ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    log[levelOf(route, reply)](answerFacts(request, reply, route), 'request');
    done();
  });
}

// What machines ask all day would drown what people do.
function levelOf(route: string | undefined, reply: FastifyReply): 'debug' | 'info' {
  const routine = route !== undefined && /^\/(?:health|metrics|assets)(?:\/|$)/.test(route);
  return routine && reply.statusCode < 500 ? 'debug' : 'info';
}

function answerFacts(request: FastifyRequest, reply: FastifyReply, route: string | undefined): object {
  return {
    requestId: request.id,
    ...traceFacts(spanOf(request.raw)),
    method: request.method,
    // The route keeps ids of waiting requests out of the log; of unknown paths only short words are shown.
    ...(route === undefined ? { path: shown(rawPath(request)) } : { route }),
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    address: clientAddress(request),
  };
}

function shown(path: string): string {
  return path.replaceAll(COULD_BE_SECRET, '…').slice(0, LONGEST_PATH);
}
