import { wireName } from '#platform/http/index.js';

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** The same members under the names they have inside the service. */
export type Camelized<T> = { [K in keyof T as Camel<K & string>]: T[K] };

type Snake<S extends string> = S extends `${infer Letter}${infer Tail}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `_${Lowercase<Letter>}`}${Snake<Tail>}`
  : S;

/** The same members under the names they have on the wire. */
export type Snaked<T> = { [K in keyof T as Snake<K & string>]: T[K] };

/** Renames the members of a message from the snake_case of the wire; their values stay as they are. */
export function camelMembers<T extends object>(message: T): Camelized<T> {
  const renamed = Object.entries(message).map(([name, value]: [string, unknown]) => [camelName(name), value]);
  return Object.fromEntries(renamed) as Camelized<T>;
}

/** The name that a member of a message has inside the service. */
export function camelName(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Renames the members of a record to the snake_case of the wire; their values stay as they are. */
export function snakeMembers<T extends object>(record: T): Snaked<T> {
  const renamed = Object.entries(record).map(([name, value]: [string, unknown]) => [wireName(name), value]);
  return Object.fromEntries(renamed) as Snaked<T>;
}
