import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemDetails } from '#platform/http/index.js';

/** The media type of JSON (RFC 8259 §11). */
export const JSON_TYPE = 'application/json';
const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/** The parsed JSON body of a request; any other media type is refused with 415. */
export const JsonBody = createParamDecorator(
  (_options: undefined, context: ExecutionContext): unknown => bodyOf(context, [JSON_TYPE]).body,
);

/** The parsed merge patch of a request (RFC 7396); plain JSON means the same. */
export const PatchBody = createParamDecorator(
  (_options: undefined, context: ExecutionContext): unknown => bodyOf(context, [MERGE_PATCH_TYPE, JSON_TYPE]).body,
);

/** The parsed JSON body of a request that may come without one. */
export const OptionalJsonBody = createParamDecorator((_options: undefined, context: ExecutionContext): unknown => {
  const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  return headers['content-type'] === undefined && body === undefined ? {} : bodyOf(context, [JSON_TYPE]).body;
});

/** The body of a request and which of the accepted media types it has; any other is refused with 415. */
export function bodyOf(
  context: ExecutionContext,
  accepted: readonly string[],
): { readonly body: unknown; readonly type: string } {
  const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined || !accepted.includes(type)) {
    const detail = `The body must be ${accepted.join(' or ')}.`;
    // RFC 5789 §2.2, RFC 9110 §15.5.16: say which media types would do.
    throw new ProblemDetails({ status: 415, detail, headers: { accept: accepted.join(', ') } });
  }
  if (body === undefined) throw new ProblemDetails({ status: 400, detail: 'The body is missing.' });
  return { body, type };
}
