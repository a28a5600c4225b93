import type { FastifyRequest } from 'fastify';
import { parseForm } from './form-body.js';

/** A form as it was posted: fields by name, with their repetitions. */
export class PostedForm {
  readonly #fields = new Map<string, string[]>();

  constructor(entries: readonly (readonly [string, string])[]) {
    for (const [name, value] of entries) this.#fields.set(name, [...this.all(name), value]);
  }

  /** The value of a field that may be there once; absent when it is not there or repeated. */
  get(name: string): string | undefined {
    const values = this.all(name);
    return values.length === 1 ? values[0] : undefined;
  }

  /** All values of a field. */
  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }
}

const FORM = /^application\/x-www-form-urlencoded *(;|$)/i;

/** Whether a request says that its body is a form (RFC 6749 App. B). */
export function isForm({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return FORM.test(headers['content-type'] ?? '');
}

/** Reads the body of a request as a form; undefined when it is none, by its media type or by what it says. */
export function postedForm(request: Pick<FastifyRequest, 'body' | 'headers'>): PostedForm | undefined {
  const { body } = request;
  if (typeof body !== 'string' || !isForm(request)) return undefined;
  const parsed = parseForm(body);
  return parsed.ok ? new PostedForm(parsed.entries) : undefined;
}

/** One parameter of a query; absent when it is not there, repeated, or the query cannot be read. */
export function queryParameter(query: string, name: string): string | undefined {
  const parsed = parseForm(query);
  return parsed.ok ? new PostedForm(parsed.entries).get(name) : undefined;
}
