import { expect } from 'vitest';
import { itemsOf, nextOf, pointersOf, type AdminApi, type Json } from './admin-api.js';

/** A list that a test looks through. */
export interface Listing {
  readonly path: string;
  /** What names an item of the list. */
  readonly key: string;
  /** Makes one more item and answers its key. */
  readonly make: () => Promise<string>;
}

const REFUSED_LIMITS = ['0', '201', '1000', '-1', '1.5', '1e1', '01', ' 1', '', 'x', '0x10', '９'];

/** A list gives pages of the length asked for, 50 when nobody says, 200 at most; anything else is refused. */
export async function expectLimits(api: AdminApi, { path }: Listing): Promise<void> {
  for (const limit of REFUSED_LIMITS) {
    const answer = await api.get(path, { limit });
    expect(answer.status, `limit=${limit}`).toBe(422);
    expect(pointersOf(answer)).toEqual(['#/limit']);
  }
  for (const limit of ['1', '200']) expect((await api.get(path, { limit })).status).toBe(200);
  const twice = await api.send('GET', `${path}?limit=1&limit=2`);
  expect([twice.status, pointersOf(twice)]).toEqual([422, ['#/limit']]);
}

/** A cursor that this list did not give is refused, whatever it looks like. */
export async function expectCursorsChecked(api: AdminApi, { path }: Listing): Promise<void> {
  const text = (value: string): string => Buffer.from(value).toString('base64url');
  const cursors = [
    '',
    'x',
    '0',
    text('{}'),
    text('[]'),
    text('["1","2"]'),
    text('[1.5,"a"]'),
    text('[1]'),
    'b.x',
    'b.',
    '%00',
  ];
  for (const cursor of cursors) {
    const answer = await api.get(path, { cursor });
    expect(answer.status, `cursor=${cursor}`).toBe(422);
    expect(pointersOf(answer)).toEqual(['#/cursor']);
  }
}

/** A parameter that the list does not have is refused rather than ignored. */
export async function expectUnknownParametersRefused(api: AdminApi, { path }: Listing): Promise<void> {
  const answer = await api.send('GET', `${path}?offset=1&page=2&limit=0`);
  expect(answer.status).toBe(422);
  expect(pointersOf(answer)).toEqual(['#/limit', '#/offset', '#/page']);
}

/** Page after page, every item comes exactly once, in one order, though others come in between. */
export async function expectStablePages(api: AdminApi, listing: Listing): Promise<void> {
  const { path, key, make } = listing;
  const before = [await make(), await make(), await make(), await make(), await make()];
  const whole = (await api.all(path)).map((item) => String(item[key]));
  const seen: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { status, body } = await api.get(path, { limit: '2', ...(cursor === '' ? {} : { cursor }) });
    expect(status).toBe(200);
    const items = itemsOf(body).map((item: Json) => String(item[key]));
    expect(items.length).toBeLessThanOrEqual(2);
    if (nextOf(body) !== undefined) expect(items).toHaveLength(2);
    seen.push(...items);
    if (seen.length === 4) await make();
    cursor = nextOf(body);
  }
  expect(new Set(seen).size).toBe(seen.length);
  for (const one of before) expect(seen).toContain(one);
  expect(seen.filter((one) => whole.includes(one))).toEqual(whole);
}

/** Without a limit a page has 50 items, and a last page that is full has no successor. */
export async function expectUsualLength(api: AdminApi, { path, key, make }: Listing): Promise<void> {
  let whole = await api.all(path);
  for (; whole.length < 51; whole = await api.all(path)) await make();
  const first = await api.get(path);
  expect(itemsOf(first.body).map((item) => item[key])).toEqual(whole.slice(0, 50).map((item) => item[key]));
  expect(nextOf(first.body)).toBeDefined();
  const penultimate = await pageBefore(api, path, whole.length - 1);
  const last = await api.get(path, { cursor: penultimate, limit: '1' });
  expect(itemsOf(last.body).map((item) => item[key])).toEqual([whole.at(-1)?.[key]]);
  expect(last.body['next_cursor']).toBeNull();
}

/** The cursor behind so many items. */
async function pageBefore(api: AdminApi, path: string, count: number): Promise<string> {
  let cursor: string | undefined;
  for (let seen = 0; seen < count;) {
    const limit = Math.min(200, count - seen);
    const { body } = await api.get(path, { limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
    seen += itemsOf(body).length;
    cursor = nextOf(body);
  }
  if (cursor === undefined) throw new Error('the list ended too early');
  return cursor;
}
