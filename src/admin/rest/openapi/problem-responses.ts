import { STATUS_CODES } from 'node:http';
import type { OperationFacts } from '../operation.js';
import { CORRELATION, header } from './headers.js';

/** A refusal (RFC 9457 §3). */
export const PROBLEM_SCHEMA = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    request_id: { type: 'string', description: 'The support code: the same is in the log of the service.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'Where the fault is (RFC 6901 §6).' },
          detail: { type: 'string' },
        },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'request_id'],
} as const;

const PROBLEMS = {
  400: 'The body is not JSON, or a header or `dry_run` is malformed.',
  401: 'There is no access token, it is not good, or the sign-in behind it is too weak or too old for this.',
  403: 'The access token does not go that far.',
  404: 'There is nothing under this address.',
  409: 'The name is taken, the record cannot be changed now, or the Idempotency-Key was used for something else.',
  412: 'It is not as If-Match or If-None-Match says.',
  413: 'The body is larger than 64 KiB, or the answer too long to be kept for its Idempotency-Key.',
  415: 'The media type of the body is not one that is read here.',
  422: 'Members or parameters cannot be accepted; errors says which.',
  428: 'If-Match is missing, and this service requires it.',
  503: 'The service has too much to do, or no database; Retry-After says when to try again.',
} as const;

type ProblemStatus = keyof typeof PROBLEMS;

/** What of a route decides which refusals it can meet. */
export interface RefusedRoute {
  readonly method: string;
  readonly facts: OperationFacts;
  readonly path: string;
  /** Whether a GET of the same address answers one record. */
  readonly here: boolean;
}

/** The refusals that an operation can answer. */
export function problemResponses({ method, facts, path, here }: RefusedRoute): Record<string, unknown> {
  const takesBody = facts.body !== undefined;
  const posts = method === 'post' && facts.reads !== true;
  const possible: Readonly<Record<ProblemStatus, boolean>> = {
    400: true,
    401: true,
    403: true,
    404: path.includes('{'),
    409: facts.conflicts === true || method === 'post' || method === 'patch',
    412: posts || here,
    413: takesBody || method === 'post',
    415: takesBody,
    422: takesBody || facts.items !== undefined || facts.query !== undefined || facts.faults === true,
    428: here && method !== 'get',
    503: true,
  };
  const statuses = Object.keys(PROBLEMS).map((status) => Number(status) as ProblemStatus);
  return Object.fromEntries(statuses.filter((status) => possible[status]).map((status) => [status, response(status)]));
}

function response(status: ProblemStatus): object {
  const schema = { $ref: '#/components/schemas/Problem' };
  return {
    description: PROBLEMS[status],
    headers: { ...CORRELATION, ...REFUSAL_HEADERS[status] },
    content: { 'application/problem+json': { schema, example: example(status) } },
  };
}

const REFUSAL_HEADERS: Readonly<Partial<Record<ProblemStatus, object>>> = {
  401: {
    'WWW-Authenticate': header('What is wrong with the token (RFC 6750 §3), or which sign-in would do (RFC 9470 §3).', {
      required: true,
    }),
  },
  403: { 'WWW-Authenticate': header('The scope that the token lacks, where it is one (RFC 6750 §3.1).') },
  409: { 'Retry-After': header('Seconds, when the same request is being answered.') },
  415: { Accept: header('The media types that are read here.', { required: true }) },
  503: { 'Retry-After': header('Seconds.') },
};

function example(status: ProblemStatus): object {
  const about = {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: DETAILS[status] ?? PROBLEMS[status],
  };
  const errors =
    status === 422 ? { errors: [{ pointer: '#/limit', detail: 'must be a whole number from 1 to 200' }] } : {};
  return { ...about, ...errors, request_id: 'dgg4msa64m' };
}

const DETAILS: Readonly<Partial<Record<ProblemStatus, string>>> = {
  400: 'dry_run must be true or false.',
  409: 'This Idempotency-Key was used for another request.',
  412: 'It is not as If-Match says; read it again.',
  422: 'The request has members that cannot be accepted.',
  428: 'Send If-Match with the ETag of what you mean to change.',
};
