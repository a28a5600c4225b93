import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '#platform/config/index.js';
import { withinSpan, spanOf } from './current-span.js';
import type { Log } from './logging.js';
import { reportedExporter } from './reported-exporter.js';
import { samplerOf } from './sampler.js';
import { SpanSources } from './span-sources.js';

const LONGEST_END_MILLISECONDS = 3000;
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Traces what this process answers (OpenTelemetry, semantic conventions for HTTP and databases): a span for each request,
 * and within it one for each statement, each costly piece of work and each request that leaves. Never a path, query, header,
 * address or value: a trace has the route and the statement as it is written.
 */
export class Tracing {
  private readonly provider: BasicTracerProvider;
  private readonly tracer: Tracer;
  private readonly sources: SpanSources;
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(url: string, settings: Settings, log: Log) {
    const { tracing } = settings;
    const own = resourceFromAttributes({ ...tracing.resource, 'service.name': tracing.serviceName });
    this.provider = new BasicTracerProvider({
      resource: defaultResource().merge(own),
      sampler: samplerOf(tracing),
      spanProcessors: [new BatchSpanProcessor(reportedExporter(url, settings, log))],
    });
    this.tracer = this.provider.getTracer('gatehouse');
    this.sources = new SpanSources(this.tracer, this.propagator);
  }

  /** Begins to trace what the server answers, until it is closed. */
  register(instance: FastifyInstance): void {
    instance.addHook('onRequest', (request, _reply, done) => {
      withinSpan(request.raw, this.begin(request), done);
    });
    instance.addHook('onResponse', (request, reply, done) => {
      const span = spanOf(request.raw);
      if (span !== undefined) end(span, request, reply);
      done();
    });
    this.sources.open();
    instance.addHook('onClose', () => this.close());
  }

  /** Delivers what is there, and waits for a receiver that does not answer no longer than a stop may take. */
  private async close(): Promise<void> {
    this.sources.close();
    const given = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_END_MILLISECONDS).unref());
    // What cannot be delivered has been reported already.
    await Promise.race([this.provider.shutdown().catch(() => undefined), given]);
  }

  private begin(request: FastifyRequest): Span {
    const { method, headers, protocol } = request;
    const known = METHODS.has(method) ? method : '_OTHER';
    const parent = this.propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const attributes = {
      'http.request.method': known,
      'url.scheme': protocol,
      'network.protocol.version': request.raw.httpVersion,
      'gatehouse.request_id': request.id,
    };
    return this.tracer.startSpan(known === '_OTHER' ? 'HTTP' : known, { kind: SpanKind.SERVER, attributes }, parent);
  }
}

function end(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.is404 ? undefined : request.routeOptions.url;
  if (route !== undefined) {
    span.setAttribute('http.route', route);
    span.updateName(`${METHODS.has(request.method) ? request.method : 'HTTP'} ${route}`);
  }
  span.setAttribute('http.response.status_code', reply.statusCode);
  if (reply.statusCode >= 500) {
    span.setAttribute('error.type', String(reply.statusCode));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
