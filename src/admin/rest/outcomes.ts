import { ProblemDetails, type FieldProblem } from '#platform/http/index.js';
import { checkMessage, invalid, type CheckedMessage } from './checked-message.js';
import type { MessageClass } from './member.decorators.js';
import { isJsonObject, mergePatch } from './merge-patch.js';

/** The refusal of a write that somebody else's came before; in a transaction of its own it may be tried again. */
export class Stale extends ProblemDetails {}

/** The outcomes of a record service that mean a refusal. */
export type Refusal =
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly outcome: 'taken'; readonly pointer?: string }
  | { readonly outcome: 'unknown' | 'stale' | 'fixed' | 'last-owner' };

/** The refusal of a request as whoever asked sees it. */
export function refusal(outcome: Refusal): ProblemDetails {
  switch (outcome.outcome) {
    case 'invalid':
      return invalid(outcome.problems.map(({ pointer, detail }) => ({ pointer, detail })));
    case 'taken':
      return taken(outcome.pointer);
    case 'unknown':
      return notFound();
    case 'stale':
      return new Stale({ status: 409, detail: 'It was changed at the same moment; read it and try again.' });
    case 'last-owner':
      return new ProblemDetails({ status: 409, detail: 'This is the last active owner; appoint another one first.' });
    case 'fixed':
      return new ProblemDetails({ status: 409, detail: 'It is part of the service and cannot be changed.' });
  }
}

/** The answer for something that is not there. */
export function notFound(): ProblemDetails {
  return new ProblemDetails({ status: 404, detail: 'There is nothing under this address.' });
}

/** What was found, or the answer that it is not there. */
export function found<T>(record: T | undefined): T {
  if (record === undefined) throw notFound();
  return record;
}

function taken(pointer: string | undefined): ProblemDetails {
  const detail = 'Something else has this name already.';
  const errors = pointer === undefined ? {} : { errors: [{ pointer, detail: 'is taken' }] };
  return new ProblemDetails({ status: 409, detail, ...errors });
}

/** A record as it would be after a patch, and which members the patch took away. */
export interface PatchedMessage<T> extends CheckedMessage<T> {
  readonly removed: readonly string[];
}

/** The members that a patch cannot change: those that only the service sets, and those that stay as first given. */
export interface FixedMembers {
  readonly fixed: readonly string[];
  readonly kept?: readonly string[];
}

/**
 * Applies a merge patch to what a GET answers and looks at the result as if it were sent anew; members that only the
 * service sets may come along as they are.
 */
export function patched<T extends object>(
  type: MessageClass<T>,
  answer: object,
  patch: unknown,
  { fixed, kept = [] }: FixedMembers,
): PatchedMessage<T> {
  if (!isJsonObject(patch)) throw invalid([{ pointer: '#', detail: 'must be an object' }]);
  const before = JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
  const after = mergePatch(before, patch) as Record<string, unknown>;
  const changed = [...fixed, ...kept].filter((name) => textOf(after[name]) !== textOf(before[name]));
  const writable = Object.entries(after).filter(([name]) => !fixed.includes(name));
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const { message, problems } = checkMessage(type, Object.fromEntries(writable));
  const kinds = changed.map((name) => ({ pointer: `#/${name}`, detail: 'cannot be changed' }));
  // What was taken away although it stays is one fault, not a missing member as well.
  const others = problems.filter(({ pointer }) => !kinds.some((kind) => kind.pointer === pointer));
  return { message, problems: [...kinds, ...others], removed };
}

function textOf(value: unknown): string {
  return JSON.stringify(value ?? null);
}

const MOST_ATTEMPTS = 4;

/** Reads, changes and writes; again when somebody else wrote in between. */
export async function unlessStale<T extends { readonly outcome: string }>(change: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await change();
    if (result.outcome !== 'stale' || attempt === MOST_ATTEMPTS) return result;
  }
}
