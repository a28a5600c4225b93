import { isDeepStrictEqual } from 'node:util';
import { pointerTo, ProblemDetails } from '#platform/http/index.js';
import { membersOf, type MessageClass } from '../member.decorators.js';
import { isJsonObject } from '../merge-patch.js';

/** One difference that a write would make; a side that would not be there is left out. */
export interface Change {
  readonly pointer: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What a write would do, as it is answered. */
export interface DryRunAnswer {
  readonly dry_run: true;
  readonly would: 'create' | 'update' | 'delete';
  readonly changes: readonly Change[];
  readonly result?: unknown;
  /** That it would wait for a second person. */
  readonly needs_approval?: true;
}

/** What a rehearsal of a write showed. */
export interface Rehearsal {
  readonly would: DryRunAnswer['would'];
  readonly body: unknown;
  /** What a GET answered before; nothing where nothing was, or where the caller may not see it. */
  readonly before: object | undefined;
  readonly after: unknown;
  /** What a GET of the result answers; unknown for an action on several records. */
  readonly type: MessageClass | undefined;
}

/** Reads the parameter `dry_run` of a query. */
export function readDryRun(query: unknown): boolean {
  const value = isJsonObject(query) ? query['dry_run'] : undefined;
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new ProblemDetails({ status: 400, detail: 'dry_run must be true or false.' });
}

/** Tells what a write would do from what a rehearsal showed: no secret, id or time that the write itself would make. */
export function dryRunAnswer({ would, body, before, after, type }: Rehearsal): DryRunAnswer {
  if (would === 'delete') return { dry_run: true, would, changes: [{ pointer: '#', ...(before && { from: before }) }] };
  const present = plain(before);
  const result = type === undefined ? plain(after) : decided(type, plain(after), { ...objectOf(body), ...present });
  return { dry_run: true, would, changes: changesBetween(present ?? {}, result, []), result };
}

/** Where two JSON values differ: objects member by member, anything else as a whole (RFC 6901 §6). */
export function changesBetween(from: unknown, to: unknown, path: readonly string[]): Change[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (!isJsonObject(from) || !isJsonObject(to)) {
    return [{ pointer: pointerTo(...path), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  }
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...names].flatMap((name) => changesBetween(from[name], to[name], [...path, name]));
}

/** The members of a representation that are not made by the service at the moment of the write. */
function decided(type: MessageClass, after: object | undefined, known: Readonly<Record<string, unknown>>): object {
  const given = objectOf(after);
  const kept = membersOf(type).filter(({ name, schema }) => {
    if (!(name in given)) return false;
    return schema['readOnly'] !== true || name in known;
  });
  // What only the service sets is shown as it is now: the write would set it anew.
  return Object.fromEntries(
    kept.map(({ name, schema }) => [name, schema['readOnly'] === true ? known[name] : given[name]]),
  );
}

function plain(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value === undefined ? undefined : objectOf(JSON.parse(JSON.stringify(value)));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}
