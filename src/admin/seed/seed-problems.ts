import type { FieldProblem } from '#platform/http/index.js';

interface Outcome {
  readonly outcome: string;
  readonly problems?: readonly FieldProblem[];
  readonly pointer?: string;
}

const REFUSALS: Readonly<Record<string, string>> = {
  taken: 'is taken by something else',
  fixed: 'is part of the service and cannot be changed',
  'last-owner': 'is the last active owner; appoint another one first',
  stale: 'was changed at the same moment; apply it again',
  unknown: 'was deleted at the same moment; apply it again',
};

/** What is wrong with an element, as the outcome of writing it says; nothing when it was written. */
export function problemsOf(result: Outcome, pointer: string): FieldProblem[] {
  if (result.problems !== undefined) return result.problems.map(({ pointer: at, detail }) => ({ pointer: at, detail }));
  const detail = REFUSALS[result.outcome];
  return detail === undefined ? [] : [{ pointer: result.pointer ?? pointer, detail }];
}
