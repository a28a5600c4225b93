import { InvalidCursor, type Page, type PageRequest } from '#platform/database/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { invalid } from './checked-message.js';
import { isInstant } from './member.decorators.js';
import { isJsonObject } from './merge-patch.js';

/** How long a page is when nobody says, and how long it can be. */
export const PAGE_LIMITS = { usual: 50, most: 200 } as const;

/** A page of a list as it is answered. */
export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** Fetches and answers the page that a query asks for; `filters` names what else the query may hold. */
export async function answerPage<Name extends string, T, Answer>(
  query: unknown,
  filters: readonly Name[],
  fetch: (request: PageRequest, filter: { readonly [N in Name]?: string }) => Promise<Page<T>>,
  answer: (item: T) => Answer,
): Promise<PageAnswer<Answer>> {
  const { request, filter } = readQuery(query, filters);
  try {
    const { items, nextCursor } = await fetch(request, filter);
    return { items: items.map(answer), next_cursor: nextCursor };
  } catch (error) {
    if (error instanceof InvalidCursor)
      throw invalid([{ pointer: '#/cursor', detail: 'is not a cursor of this list' }]);
    throw error;
  }
}

/** The page of a short list that is known whole; the position is the key of the last item seen. */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const encoded = (item: T): string => Buffer.from(keyOf(item)).toString('base64url');
  const seen = items.findIndex((item) => encoded(item) === request.cursor);
  if (request.cursor !== undefined && seen === -1) throw new InvalidCursor();
  const page = items.slice(seen + 1, seen + 1 + request.limit);
  const last = page.at(-1);
  return { items: page, nextCursor: last !== undefined && last !== items.at(-1) ? encoded(last) : null };
}

interface ReadQuery<Name extends string> {
  readonly request: PageRequest;
  readonly filter: { readonly [N in Name]?: string };
}

function readQuery<Name extends string>(query: unknown, filters: readonly Name[]): ReadQuery<Name> {
  const given = isJsonObject(query) ? query : {};
  const problems = Object.entries(given).flatMap(([name, value]) => parameterProblems(name, value, filters));
  if (problems.length > 0) throw invalid(problems);
  const { limit, cursor, ...filter } = given as Record<string, string | undefined>;
  const length = limit === undefined ? PAGE_LIMITS.usual : Number(limit);
  return { request: { limit: length, cursor }, filter: filter as { [N in Name]?: string } };
}

function parameterProblems(name: string, value: unknown, filters: readonly string[]): FieldProblem[] {
  const pointer = `#/${name}`;
  if (!['limit', 'cursor', ...filters].includes(name)) return [{ pointer, detail: 'is not a parameter of this list' }];
  if (typeof value !== 'string') return [{ pointer, detail: 'must be given once' }];
  const rule = PARAMETER_RULES[name];
  return rule === undefined || rule.fits(value) ? [] : [{ pointer, detail: rule.detail }];
}

/** The longest text that is searched for. */
export const LONGEST_SEARCH = 255;

const PARAMETER_RULES: Readonly<Record<string, { fits: (value: string) => boolean; detail: string }>> = {
  limit: {
    fits: (value) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= PAGE_LIMITS.most,
    detail: `must be a whole number from 1 to ${PAGE_LIMITS.most}`,
  },
  q: {
    fits: (value) => value.trim() !== '' && value.length <= LONGEST_SEARCH,
    detail: `must have 1 to ${LONGEST_SEARCH} characters`,
  },
  since: { fits: isInstant, detail: 'must be a time such as 2026-12-31T23:59:59Z' },
  until: { fits: isInstant, detail: 'must be a time such as 2026-12-31T23:59:59Z' },
  status: { fits: (value) => ['active', 'disabled'].includes(value), detail: 'must be one of active, disabled' },
};
