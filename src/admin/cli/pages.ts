import type { Page, PageRequest } from '#platform/database/index.js';

const PAGE_LENGTH = 200;

/** Everything that a list has, page by page. */
export async function everything<T>(fetch: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetch({ limit: PAGE_LENGTH, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
