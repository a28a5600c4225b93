import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Message, messageIn } from './protobuf.js';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty of the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly nanoseconds: bigint;
  /** 2 where something went wrong. */
  readonly status: number;
}

/** What arrived in one delivery. */
interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver of traces on this machine, as a collector is one: OTLP over HTTP in protobuf. */
export class TraceReceiver {
  readonly deliveries: Delivery[] = [];
  /** What it answers; with 0 it never does. */
  status = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TraceReceiver> {
    const server = createServer();
    const receiver = new TraceReceiver(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        receiver.deliveries.push({ path: request.url ?? '', headers: request.headers, body });
        if (receiver.status > 0) response.writeHead(receiver.status).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  clear(): void {
    this.deliveries.length = 0;
    this.status = 200;
  }

  /** Every byte that arrived, to search it for what must not be there. */
  get text(): string {
    return this.deliveries.map(({ body }) => body.toString('latin1')).join('\n');
  }

  /** What is said of the process that sent them. */
  get resource(): Readonly<Record<string, unknown>> {
    const [first] = this.resources();
    return attributesOf(first?.messages(1)[0]?.messages(1) ?? []);
  }

  get spans(): ReceivedSpan[] {
    return this.resources().flatMap((resource) =>
      resource.messages(2).flatMap((scope) => scope.messages(2).map((span) => spanOf(span))),
    );
  }

  private resources(): Message[] {
    return this.deliveries.flatMap(({ body }) => messageIn(body).messages(1));
  }
}

// The numbers are those of opentelemetry/proto/trace/v1/trace.proto.
function spanOf(span: Message): ReceivedSpan {
  return {
    traceId: span.bytes(1).toString('hex'),
    spanId: span.bytes(2).toString('hex'),
    parentSpanId: span.bytes(4).toString('hex'),
    name: span.bytes(5).toString('utf8'),
    kind: Number(span.number(6)),
    attributes: attributesOf(span.messages(9)),
    nanoseconds: span.number(8) - span.number(7),
    status: Number(span.messages(15)[0]?.number(3) ?? 0),
  };
}

function attributesOf(pairs: readonly Message[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map((pair) => [pair.bytes(1).toString('utf8'), valueOf(pair.messages(2)[0])]));
}

function valueOf(value: Message | undefined): unknown {
  if (value?.has(1) === true) return value.bytes(1).toString('utf8');
  if (value?.has(2) === true) return value.number(2) === 1n;
  return value?.has(3) === true ? Number(value.number(3)) : undefined;
}
