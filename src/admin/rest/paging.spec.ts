import { InvalidCursor, type PageRequest } from '#platform/database/index.js';
import { describe, expect, it } from 'vitest';
import { answerPage, pageOf } from './paging.js';

const asked: { request: PageRequest; filter: object }[] = [];
const list = (query: unknown): Promise<unknown> =>
  answerPage(
    query,
    ['user_id'],
    (request, filter) => {
      asked.push({ request, filter });
      if (request.cursor === 'bad') throw new InvalidCursor();
      return Promise.resolve({ items: [1, 2], nextCursor: 'next' });
    },
    (item) => item * 10,
  );

describe('a page of a list', () => {
  it('has 50 items when nobody says', async () => {
    await expect(list({})).resolves.toEqual({ items: [10, 20], next_cursor: 'next' });
    expect(asked.at(-1)).toEqual({ request: { limit: 50, cursor: undefined }, filter: {} });
  });

  it('has as many items as asked, from where asked, of those asked', async () => {
    await list({ limit: '200', cursor: 'c', user_id: 'u' });
    expect(asked.at(-1)).toEqual({ request: { limit: 200, cursor: 'c' }, filter: { user_id: 'u' } });
  });

  it.each([
    ['#/limit', { limit: '0' }],
    ['#/limit', { limit: '201' }],
    ['#/limit', { limit: '-1' }],
    ['#/limit', { limit: '1.5' }],
    ['#/limit', { limit: '1e2' }],
    ['#/limit', { limit: '' }],
    ['#/limit', { limit: ['1', '2'] }],
    ['#/cursor', { cursor: 'bad' }],
    ['#/offset', { offset: '1' }],
  ])('is refused at %s for %j', async (pointer, query) => {
    await expect(list(query)).rejects.toMatchObject({ facts: { status: 422, errors: [{ pointer }] } });
  });
});

describe('a page of a list that is known whole', () => {
  it.each([1, 2, 3, 4])('shows each item once in pages of %d', (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOf(['a', 'b', 'c'], (item) => item, { limit, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('refuses a cursor that is not one of its own', () => {
    expect(() => pageOf(['a'], (item) => item, { limit: 1, cursor: 'zz' })).toThrow(InvalidCursor);
  });
});
