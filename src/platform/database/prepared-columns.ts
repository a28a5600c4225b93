import type { EntityMetadata, ValueTransformer } from 'typeorm';
import type { Bound } from './statement.js';

/** How a member of a row and its column become each other. */
export interface PreparedColumn {
  readonly property: string;
  /** The name of the column as it is in what the database gives. */
  readonly key: string;
  /** The same as statements have it. */
  readonly name: string;
  readonly read: (value: unknown) => unknown;
  readonly write: (value: unknown) => Bound;
}

/** The columns of a table by the members of its rows. */
export function preparedColumns(
  { columns }: EntityMetadata,
  escape: (name: string) => string,
): ReadonlyMap<string, PreparedColumn> {
  return new Map(
    columns.map(({ propertyName: property, databaseName: key, type, transformer }) => {
      const kind = { property, key, name: escape(key) };
      return [property, { ...kind, ...conversion(transformer, type === 'boolean') }];
    }),
  );
}

function conversion(
  transformer: ValueTransformer | ValueTransformer[] | undefined,
  flag: boolean,
): Pick<PreparedColumn, 'read' | 'write'> {
  const [own] = [transformer ?? []].flat();
  if (own !== undefined) return { read: (value) => own.from(value) as unknown, write: (value) => bound(own.to(value)) };
  return { read: flag ? (value) => (value === null ? null : Boolean(value)) : (value) => value, write: bound };
}

function bound(value: unknown): Bound {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`cannot store ${Object.prototype.toString.call(value)}`);
}
