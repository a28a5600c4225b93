import { tracingChannel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** A request that leaves; neither path nor query is told, as both may hold secrets of others. */
export interface OutgoingFacts {
  readonly method: string;
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Whoever traces adds here what the other side needs to go on with the trace (W3C Trace Context §3). */
  readonly headers: Record<string, string>;
}

/** Tells whoever traces of each request that leaves. */
export const OUTGOING = tracingChannel<string, OutgoingFacts>('gatehouse:outgoing');

/** Sends a request with the headers that are added to it, and tells of it while somebody listens. */
export function leaving(
  facts: Omit<OutgoingFacts, 'headers'>,
  send: (headers: Readonly<Record<string, string>>) => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  const headers: Record<string, string> = {};
  if (!OUTGOING.hasSubscribers) return send(headers);
  return OUTGOING.tracePromise(() => send(headers), { ...facts, headers });
}
