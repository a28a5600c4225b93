import type { FieldProblem } from '#platform/http/index.js';
import { invalid } from './checked-message.js';
import { isJsonObject } from './merge-patch.js';

/** What is declared about one parameter of a query that is no list's. */
export interface QueryMember {
  readonly about: string;
  readonly required?: true;
}

/** The parameters of a query by their names. */
export type QueryMembers = Readonly<Record<string, QueryMember>>;

const LONGEST = 4096;

/** Reads the declared parameters of a query; anything else, or one twice, is refused. */
export function queryMembers<Q extends QueryMembers>(
  query: unknown,
  declared: Q,
): { readonly [N in keyof Q]?: string | undefined } {
  const given = isJsonObject(query) ? query : {};
  const missing = Object.entries(declared)
    .filter(([name, { required }]) => required === true && given[name] === undefined)
    .map(([name]): FieldProblem => ({ pointer: `#/${name}`, detail: 'is required' }));
  const wrong = Object.entries(given).flatMap(([name, value]): FieldProblem[] => {
    if (!Object.hasOwn(declared, name)) return [{ pointer: `#/${name}`, detail: 'is not a parameter of this address' }];
    if (typeof value !== 'string') return [{ pointer: `#/${name}`, detail: 'must be given once' }];
    const fits = value !== '' && value.length <= LONGEST;
    return fits ? [] : [{ pointer: `#/${name}`, detail: `must have 1 to ${LONGEST} characters` }];
  });
  if (missing.length + wrong.length > 0) throw invalid([...missing, ...wrong]);
  return given as { [N in keyof Q]?: string };
}
