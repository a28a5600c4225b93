import { InvalidCursor, type Page, type PageRequest } from '#platform/database/index.js';

const MARK = 'b.';

/**
 * One page of a list that begins with what is built in, followed by what is stored: a cursor into the first part
 * names the last thing seen there, any other belongs to the second.
 */
export async function pageWithBuiltIns<T>(
  builtIns: readonly T[],
  keyOf: (item: T) => string,
  request: PageRequest,
  stored: (request: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  if (request.cursor !== undefined && !request.cursor.startsWith(MARK)) return stored(request);
  const rest = builtIns.slice(firstUnseen(builtIns.map(keyOf), request.cursor));
  const items = rest.slice(0, request.limit);
  const last = items.at(-1);
  if (last !== undefined && items.length === request.limit) {
    return { items, nextCursor: MARK + Buffer.from(keyOf(last)).toString('base64url') };
  }
  const page = await stored({ limit: request.limit - items.length });
  return { items: [...items, ...page.items], nextCursor: page.nextCursor };
}

function firstUnseen(keys: readonly string[], cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const seen = keys.indexOf(Buffer.from(cursor.slice(MARK.length), 'base64url').toString());
  if (seen === -1) throw new InvalidCursor();
  return seen + 1;
}
