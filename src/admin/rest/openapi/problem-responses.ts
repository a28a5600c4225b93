import type { OperationFacts } from '../admin-controller.decorator.js';

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
  400: 'The body is not JSON, or the Authorization header is malformed.',
  401: 'There is no access token, or it is not good.',
  403: 'The access token does not go that far.',
  404: 'There is nothing under this address.',
  409: 'The name is taken, or the record cannot be changed now.',
  413: 'The body is larger than 64 KiB.',
  415: 'The media type of the body is not one that is read here.',
  422: 'Members or parameters cannot be accepted; errors says which.',
  503: 'The service has too much to do, or no database; Retry-After says when to try again.',
} as const;

/** The refusals that an operation can answer. */
export function problemResponses(facts: OperationFacts, named: boolean): Record<string, unknown> {
  const takesBody = facts.body !== undefined;
  const possible: Readonly<Record<keyof typeof PROBLEMS, boolean>> = {
    400: true,
    401: true,
    403: true,
    404: named,
    409: facts.conflicts === true,
    413: takesBody,
    415: takesBody,
    422: takesBody || facts.items !== undefined,
    503: true,
  };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const answers = Object.entries(PROBLEMS).filter(([status]) => possible[Number(status) as keyof typeof PROBLEMS]);
  return Object.fromEntries(answers.map(([status, description]) => [status, { description, content }]));
}
