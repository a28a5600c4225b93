import type { OperationFacts } from '../operation.js';
import { LONGEST_SEARCH, PAGE_LIMITS } from '../paging.js';

/** What of a route decides which parameters it takes. */
export interface ParameterisedRoute {
  readonly method: string;
  readonly path: string;
  readonly facts: OperationFacts;
  /** Whether a GET of the same address answers one record. */
  readonly here: boolean;
}

const text = { type: 'string' };

const FILTERS: Readonly<Record<string, object>> = {
  q: {
    description: 'Only what has this text in a name, whatever its case.',
    schema: { ...text, minLength: 1, maxLength: LONGEST_SEARCH },
  },
  since: { description: 'Only what is not older than this.', schema: { ...text, format: 'date-time' } },
  until: { description: 'Only what is older than this.', schema: { ...text, format: 'date-time' } },
  status: {
    description: 'Only what is active, or only what is disabled.',
    schema: { ...text, enum: ['active', 'disabled'] },
  },
};

/** The parameters of an operation: in its path, its query and its headers. */
export function parametersOf({ method, path, facts, here }: ParameterisedRoute): object[] {
  return [
    ...pathParameters(path),
    ...listParameters(facts),
    ...queryParameters(facts),
    ...(method === 'get' || facts.sends === true || facts.reads === true ? [] : [DRY_RUN]),
    ...(method === 'post' && facts.sends !== true ? [IDEMPOTENCY_KEY] : []),
    ...(here || facts.actsOn !== undefined ? [method === 'get' ? IF_NONE_MATCH : IF_MATCH] : []),
  ];
}

function pathParameters(path: string): object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.map((name) => ({ name, in: 'path', required: true, schema: text }));
}

function listParameters({ items, filters = [] }: OperationFacts): object[] {
  if (items === undefined) return [];
  const limit = { type: 'integer', minimum: 1, maximum: PAGE_LIMITS.most, default: PAGE_LIMITS.usual };
  return [
    { name: 'limit', in: 'query', description: 'How many items to answer at most.', schema: limit },
    { name: 'cursor', in: 'query', description: 'The next_cursor of the page before.', schema: text },
    ...filters.map((name) => ({
      name,
      in: 'query',
      ...(FILTERS[name] ?? { description: 'Narrows the list.', schema: text }),
    })),
  ];
}

function queryParameters({ query = {} }: OperationFacts): object[] {
  return Object.entries(query).map(([name, { about, required = false }]) => ({
    name,
    in: 'query',
    description: about,
    required,
    schema: text,
  }));
}

const DRY_RUN = {
  name: 'dry_run',
  in: 'query',
  description: 'With `true` nothing is written, and the answer says what would change.',
  schema: { type: 'boolean', default: false },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'A value of your own: the same request with it is done once, and answered alike for 24 hours.',
  schema: { ...text, pattern: '^[!-~]{1,255}$' },
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of what is to be changed; 412 when it has changed since. Some services require it.',
  schema: text,
};

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of what you have; 304 when that is still so.',
  schema: text,
};
