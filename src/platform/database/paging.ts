import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** A part of a list, and where the next part starts. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** How much of a list is wanted, and from where. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** How a table is listed; unless said otherwise oldest first, by its fields `createdAt` and `id`. */
export interface Paging<T extends ObjectLiteral> {
  readonly order?: 'oldest-first' | 'newest-first';
  /** The field of the primary key. */
  readonly key?: keyof T & string;
  /** Narrows the list; the table is called `row` in the query. */
  readonly where?: (query: SelectQueryBuilder<T>) => unknown;
}

/** A cursor that this service did not make; the caller answers 400. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor() {
    super('the cursor is not one of this list');
  }
}

interface Position {
  readonly createdAt: number;
  readonly key: string;
}

/** Fetches one page by keyset: the position is that of the last row seen, so rows that come or go shift nothing. */
export async function fetchPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  request: PageRequest,
  paging: Paging<T>,
): Promise<Page<T>> {
  const key = paging.key ?? 'id';
  const newestFirst = paging.order === 'newest-first';
  paging.where?.(query);
  if (request.cursor !== undefined) startAfter(query, decodeCursor(request.cursor), key, newestFirst ? '<' : '>');
  const direction = newestFirst ? 'DESC' : 'ASC';
  query
    .orderBy('row.createdAt', direction)
    .addOrderBy(`row.${key}`, direction)
    .take(request.limit + 1);
  const rows = await query.getMany();
  const items = rows.slice(0, request.limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > items.length ? encodeCursor(positionOf(last, key)) : null };
}

function startAfter<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  after: Position,
  key: string,
  beyond: '<' | '>',
): void {
  query
    .andWhere(`row.createdAt ${beyond}= :pageCreatedAt`, { pageCreatedAt: after.createdAt })
    .andWhere(`(row.createdAt ${beyond} :pageCreatedAt OR row.${key} ${beyond} :pageKey)`, { pageKey: after.key });
}

function positionOf(row: ObjectLiteral, key: string): Position {
  const createdAt: unknown = row['createdAt'];
  if (!(createdAt instanceof Date)) throw new Error('a paged table needs a field createdAt of kind @Instant');
  return { createdAt: createdAt.getTime(), key: String(row[key]) };
}

/** Writes a position as an opaque text. */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.createdAt, position.key]), 'utf8').toString('base64url');
}

/** Reads what `encodeCursor` wrote; anything else is `InvalidCursor`. */
export function decodeCursor(cursor: string): Position {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [createdAt, key] = parsed as unknown[];
      if (Number.isSafeInteger(createdAt) && typeof key === 'string') return { createdAt: Number(createdAt), key };
    }
  } catch {
    // Not JSON: refused below like everything else that was not made here.
  }
  throw new InvalidCursor();
}
