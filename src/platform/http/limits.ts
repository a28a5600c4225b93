import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { HttpException } from '@nestjs/common';

const KIB = 1024;

/** The largest request that is read at all; protocol.md's limits are far below and judged with an answer. */
export const LIMITS = {
  requestLineBytes: 16 * KIB,
  headerBytes: 32 * KIB,
  formBytes: 128 * KIB,
  jsonBytes: 64 * KIB,
  /** Files of many records that administrators send. */
  fileBytes: 4096 * KIB,
  /** A form with a file of up to 1 MiB. */
  uploadBytes: 1088 * KIB,
  /** What Node reads before it gives up: above our own limits, so that those are told apart. */
  nodeHeaderBytes: 128 * KIB,
} as const;

const REQUEST_LINE_OVERHEAD = '  HTTP/1.1'.length;
const HEADER_OVERHEAD = ': \r\n'.length;

/** The refusal of a request whose first line or headers are too large. */
export function sizeProblem(request: IncomingMessage): HttpException | undefined {
  const line = (request.method ?? '').length + (request.url ?? '').length + REQUEST_LINE_OVERHEAD;
  if (line > LIMITS.requestLineBytes) return new HttpException('request line too long', 414);
  let headers = 0;
  for (const text of request.rawHeaders) headers += text.length;
  headers += (request.rawHeaders.length / 2) * HEADER_OVERHEAD;
  return headers > LIMITS.headerBytes ? new HttpException('headers too large', 431) : undefined;
}

/** Headers that mean nothing twice, and of which each reader would take another one (RFC 9110 §5.3). */
const SINGLE = new Set(['authorization', 'host', 'content-type', 'origin']);

/** The refusal of a request that says one of them twice. */
export function repetitionProblem({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): HttpException | undefined {
  const names = rawHeaders.filter((_text, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const single = names.filter((name) => SINGLE.has(name));
  return new Set(single).size < single.length ? new HttpException('A header is repeated.', 400) : undefined;
}

/** What the HTTP parser of Node says when it gives up on a connection. */
export interface ConnectionFailure extends Error {
  readonly code: string;
  readonly rawPacket?: unknown;
}

/** Answers a request that could not even be read, and ends the connection. */
export function answerUnreadable(error: ConnectionFailure, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, reason] = unreadableStatus(error);
  const body = JSON.stringify({ error: 'invalid_request', error_description: reason });
  const headers = [
    `HTTP/1.1 ${status} ${reason}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
}

function unreadableStatus(error: ConnectionFailure): [number, string] {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout'];
  if (error.code !== 'HPE_HEADER_OVERFLOW') return [400, 'Bad Request'];
  const inFirstLine = Buffer.isBuffer(error.rawPacket) && !error.rawPacket.includes('\n');
  return inFirstLine ? [414, 'URI Too Long'] : [431, 'Request Header Fields Too Large'];
}
