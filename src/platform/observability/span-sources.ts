import type { TracingChannel, TracingChannelSubscribers } from 'node:diagnostics_channel';
import {
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import { COSTLY_WORK } from '#platform/crypto/index.js';
import { type StatementFacts, STATEMENTS } from '#platform/database/index.js';
import { type OutgoingFacts, OUTGOING } from '#platform/http/index.js';
import { currentSpan } from './current-span.js';

/** How a piece of work is called in a trace. */
interface Named {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** What a channel adds to the facts when the work is done. */
interface Ending {
  result?: unknown;
  error?: unknown;
}

const SUBJECT = /\b(?:FROM|INTO|UPDATE|TABLE)\s+[`"]?(\w+)/i;

/** Makes spans within that of a request from what the parts of the platform tell of their work. */
export class SpanSources {
  readonly #closing: (() => void)[] = [];

  constructor(
    private readonly tracer: Tracer,
    private readonly propagator: TextMapPropagator,
  ) {}

  /** Begins to listen. */
  open(): void {
    this.#listen(STATEMENTS, statementNamed);
    this.#listen(COSTLY_WORK, ({ queue }) => ({ name: queue, kind: SpanKind.INTERNAL, attributes: {} }));
    this.#listen(OUTGOING, outgoingNamed, (span, { headers }) => {
      this.propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
    });
  }

  close(): void {
    for (const close of this.#closing.splice(0)) close();
  }

  #listen<T extends object>(
    channel: TracingChannel<string, T>,
    named: (facts: T) => Named,
    begun: (span: Span, facts: T) => void = () => undefined,
  ): void {
    const spans = new WeakMap<T, Span>();
    const subscribers: TracingChannelSubscribers<T> = {
      start: (facts) => {
        const parent = currentSpan();
        // Work of nobody's request is not traced, and whoever is not traced costs nothing.
        if (parent === undefined) return;
        const context = trace.setSpan(ROOT_CONTEXT, parent);
        const { name, kind, attributes } = named(facts);
        const span = this.tracer.startSpan(name, { kind, attributes }, context);
        spans.set(facts, span);
        begun(span, facts);
      },
      end: () => undefined,
      asyncStart: () => undefined,
      asyncEnd: (facts) => {
        const span = spans.get(facts);
        if (span !== undefined) end(span, facts);
      },
      error: () => undefined,
    };
    channel.subscribe(subscribers);
    this.#closing.push(() => {
      channel.unsubscribe(subscribers);
    });
  }
}

function end(span: Span, { result, error }: Ending): void {
  const status =
    typeof result === 'object' && result !== null && 'statusCode' in result ? result.statusCode : undefined;
  if (typeof status === 'number') span.setAttribute('http.response.status_code', status);
  if (error !== undefined || (typeof status === 'number' && status >= 400)) {
    span.setAttribute('error.type', error === undefined ? String(status) : typeOf(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** The name of an error or its code; never its message, which may say what was asked. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function statementNamed({ sql, system }: StatementFacts): Named {
  const text = sql.trim();
  const operation = (/^\w+/.exec(text)?.[0] ?? 'statement').toUpperCase();
  const table = SUBJECT.exec(text)?.[1];
  return {
    name: table === undefined ? operation : `${operation} ${table}`,
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': system,
      'db.operation.name': operation,
      'db.query.text': text,
      ...(table === undefined ? {} : { 'db.collection.name': table }),
    },
  };
}

function outgoingNamed({ method, secure, host, port }: OutgoingFacts): Named {
  return {
    name: method,
    kind: SpanKind.CLIENT,
    attributes: {
      'http.request.method': method,
      'server.address': host,
      'server.port': port,
      'url.scheme': secure ? 'https' : 'http',
    },
  };
}
