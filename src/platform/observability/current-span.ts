import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Span } from '@opentelemetry/api';

const current = new AsyncLocalStorage<Span>();
const spans = new WeakMap<IncomingMessage, Span>();

/** Runs what answers a request within its span. */
export function withinSpan(request: IncomingMessage, span: Span, work: () => void): void {
  spans.set(request, span);
  current.run(span, work);
}

/** The span of the request that is being answered, if it is traced. */
export function currentSpan(): Span | undefined {
  return current.getStore();
}

/** The span of a request, also where its answer has already left. */
export function spanOf(request: IncomingMessage): Span | undefined {
  return spans.get(request);
}

/** What of a span stands in the log. */
export function traceFacts(span: Span | undefined): { readonly traceId?: string } {
  return span === undefined ? {} : { traceId: span.spanContext().traceId };
}
