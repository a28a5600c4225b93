import { membersOf, type MemberFacts } from '../rest/member.decorators.js';
import { ImportedUser } from '../rest/dto/user-transfer.dto.js';
import { isJsonObject } from '../rest/merge-patch.js';

/** One column of a file: a member of a user, or a member of one of its objects as in `address.locality`. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly facts: MemberFacts;
}

/** What a spreadsheet would run as a formula, also behind signs that were put before it already (OWASP, CSV injection). */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

const SEPARATOR = ';';

/** The columns of a file, in the order of the members. */
export const COLUMNS: readonly Column[] = membersOf(ImportedUser).flatMap((facts) =>
  facts.type === undefined || facts.list === true
    ? [{ name: facts.name, path: [facts.name], facts }]
    : membersOf(facts.type).map((inner) => ({
        name: `${facts.name}.${inner.name}`,
        path: [facts.name, inner.name],
        facts: inner,
      })),
);

const BY_NAME = new Map(COLUMNS.map((column) => [column.name, column]));

/** The cells of a user, in the order of the columns. */
export function cellsOf(user: object, columns: readonly Column[]): string[] {
  return columns.map(({ path }) => guardedCell(textOf(valueAt(user, path))));
}

/** The user that a row of cells says; an empty cell says nothing, and unknown columns stay for whoever checks. */
export function userFrom(names: readonly string[], cells: readonly string[]): Readonly<Record<string, unknown>> {
  const user: Record<string, unknown> = {};
  for (const [at, name] of names.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '') continue;
    const column = BY_NAME.get(name);
    if (column === undefined) define(user, [name], cell);
    else define(user, column.path, valueOf(unguarded(cell), column.facts));
  }
  return user;
}

function valueAt(user: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), { ...user });
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const texts = value as readonly string[];
  const plain = texts.every((text) => !text.includes(SEPARATOR) && text.trim() === text && text !== '');
  return plain && texts[0]?.startsWith('[') !== true ? texts.join(SEPARATOR) : JSON.stringify(texts);
}

function valueOf(cell: string, { schema: { type } }: MemberFacts): unknown {
  if (type === 'boolean') return booleanOf(cell);
  if (type === 'array' && !cell.startsWith('[')) return cell.split(SEPARATOR).map((text) => text.trim());
  return type === 'array' || type === 'object' ? parsed(cell) : cell;
}

function booleanOf(cell: string): unknown {
  const word = cell.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : cell;
}

function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

/** A cell that no spreadsheet runs as a formula. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function unguarded(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

// Defined rather than set: a column of the name __proto__ must not become the prototype.
function define(user: Record<string, unknown>, [outer = '', inner]: readonly string[], value: unknown): void {
  const before = Object.hasOwn(user, outer) && isJsonObject(user[outer]) ? user[outer] : {};
  const whole = inner === undefined ? value : { ...before, [inner]: value };
  Object.defineProperty(user, outer, { value: whole, enumerable: true, configurable: true, writable: true });
}
