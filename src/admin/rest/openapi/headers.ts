/** A header of an answer; one that is required is in every such answer (OpenAPI 3.1 §4.8.21). */
export function header(description: string, { required }: { required?: true } = {}): object {
  return { description, ...(required && { required }), schema: { type: 'string' } };
}

/** The id of the request, which is in the log of the service too. */
export const CORRELATION = { 'X-Request-Id': header('The id of the request, also in the log.', { required: true }) };
