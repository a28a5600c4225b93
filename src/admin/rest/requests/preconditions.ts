import { ProblemDetails } from '#platform/http/index.js';

type Tags = '*' | readonly string[];

/** What a request says must hold of the present representation (RFC 9110 §13.1). */
export interface Preconditions {
  readonly ifMatch?: Tags;
  readonly ifNoneMatch?: Tags;
}

type Header = string | readonly string[] | undefined;

/** Reads the preconditions of a request; what is no list of entity tags is refused. */
export function readPreconditions(headers: Readonly<Record<string, Header>>): Preconditions {
  const [ifMatch, ifNoneMatch] = [tagsOf('If-Match', headers), tagsOf('If-None-Match', headers)];
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) };
}

/** Tells whether a request has a precondition, so that the present entity tag must be found out (RFC 9110 §13.1). */
export function isConditional({ ifMatch, ifNoneMatch }: Preconditions): boolean {
  return ifMatch !== undefined || ifNoneMatch !== undefined;
}

/** The precondition that does not hold; `current` is the tag of what is there, which a list has none of. */
export function failedPrecondition(
  { ifMatch, ifNoneMatch }: Preconditions,
  current: string | undefined,
): 'If-Match' | 'If-None-Match' | undefined {
  // RFC 9110 §8.8.3.2: If-Match compares strongly, so a weak tag never matches.
  if (ifMatch !== undefined && ifMatch !== '*' && !names(ifMatch, current)) return 'If-Match';
  const weakly = ifNoneMatch === '*' ? '*' : ifNoneMatch?.map((tag) => tag.replace(/^W\//, ''));
  if (weakly !== undefined && (weakly === '*' || names(weakly, current))) return 'If-None-Match';
  return undefined;
}

/** The refusal of a request whose precondition does not hold (RFC 9110 §15.5.13). */
export function preconditionFailed(header: 'If-Match' | 'If-None-Match'): ProblemDetails {
  const detail = `It is not as ${header} says; read it again.`;
  return new ProblemDetails({ status: 412, detail });
}

function names(tags: readonly string[], current: string | undefined): boolean {
  return current !== undefined && tags.includes(current);
}

const TAGS = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

function tagsOf(name: 'If-Match' | 'If-None-Match', headers: Readonly<Record<string, Header>>): Tags | undefined {
  const header = headers[name.toLowerCase()];
  if (header === undefined) return undefined;
  const text = [header].flat().join(', ');
  if (text.trim() === '*') return '*';
  const tags = text.match(TAGS) ?? [];
  // RFC 9110 §5.6.1.2: empty elements of a list mean nothing.
  const elements = text.replace(TAGS, '"').split(',');
  if (tags.length > 0 && elements.every((element) => ['', '"'].includes(element.trim()))) return tags;
  throw new ProblemDetails({ status: 400, detail: `${name} must be * or entity tags such as "abc".` });
}
