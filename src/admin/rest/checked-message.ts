import { validateSync, type ValidationError } from 'class-validator';
import { pointerTo, ProblemDetails, type FieldProblem } from '#platform/http/index.js';
import { membersOf, type MessageClass } from './member.decorators.js';
import { isJsonObject } from './merge-patch.js';

/** A message that was looked at: what of it is well-formed, and everything that is not. */
export interface CheckedMessage<T> {
  /** What is not well-formed is left out; text that must be there is then empty. */
  readonly message: T;
  readonly problems: readonly FieldProblem[];
}

/** Looks at a parsed JSON value as a message of the class; members that are null count as absent. */
export function checkMessage<T extends object>(type: MessageClass<T>, value: unknown): CheckedMessage<T> {
  const given = isJsonObject(value) ? value : {};
  const message = instanceOf(type, given);
  const errors = validateSync(message, OPTIONS);
  const problems = [...unknownMembers(type, given, []), ...problemsOf(errors, [])];
  clearFaults(type, message, errors);
  return { message, problems: isJsonObject(value) ? problems : [{ pointer: '#', detail: 'must be an object' }] };
}

/** The message that a request body is; a faulty one is refused with all its faults (RFC 9457). */
export function checkedMessage<T extends object>(type: MessageClass<T>, body: unknown): T {
  const { message, problems } = checkMessage(type, body);
  refuseFaults(problems, []);
  return message;
}

/** Refuses a message for the faults of its members and, where those are well-formed, of the rules between them. */
export function refuseFaults(members: readonly FieldProblem[], rules: readonly FieldProblem[]): void {
  const faults = allFaults(members, rules);
  if (faults.length > 0) throw invalid(faults);
}

/** All faults of a message, without those of the rules that only follow from a member which is not well-formed. */
export function allFaults(members: readonly FieldProblem[], rules: readonly FieldProblem[]): FieldProblem[] {
  const ofMember = ({ pointer }: FieldProblem): string | undefined => pointer.split('/')[1];
  const malformed = new Set(members.map(ofMember));
  const others = members.some(({ pointer }) => pointer === '#') ? [] : rules;
  return [...members, ...others.filter((fault) => !malformed.has(ofMember(fault)))].map(({ pointer, detail }) => ({
    pointer,
    detail,
  }));
}

/** The refusal of a request for the sake of what it says. */
export function invalid(errors: readonly FieldProblem[]): ProblemDetails {
  return new ProblemDetails({ status: 422, detail: 'The request has members that cannot be accepted.', errors });
}

const OPTIONS = { stopAtFirstError: true, forbidUnknownValues: false } as const;

// Only declared members get in, so that no name of the sender's reaches the prototype or the validator.
function instanceOf<T extends object>(type: MessageClass<T>, value: Readonly<Record<string, unknown>>): T {
  const instance = Object.create(type.prototype as object) as T;
  for (const { name, type: nested } of membersOf(type)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined || given === null) continue;
    Reflect.set(instance, name, nested !== undefined && isJsonObject(given) ? instanceOf(nested, given) : given);
  }
  return instance;
}

function clearFaults(type: MessageClass, message: object, errors: readonly ValidationError[]): void {
  for (const { name, required } of membersOf(type)) {
    if (!errors.some(({ property }) => property === name)) continue;
    if (required) Reflect.set(message, name, '');
    else Reflect.deleteProperty(message, name);
  }
}

function unknownMembers(type: MessageClass, value: unknown, path: readonly string[]): FieldProblem[] {
  if (!isJsonObject(value)) return [];
  const known = new Map(membersOf(type).map((facts) => [facts.name, facts]));
  return Object.keys(value).flatMap((name) => {
    const facts = known.get(name);
    if (facts === undefined)
      return [{ pointer: pointerTo(...path, name), detail: 'is not a member that is known here' }];
    return facts.type === undefined ? [] : unknownMembers(facts.type, value[name], [...path, name]);
  });
}

function problemsOf(errors: readonly ValidationError[], path: readonly string[]): FieldProblem[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const here = [...path, property];
    const [detail] = Object.values(constraints);
    const own = detail === undefined ? [] : [{ pointer: pointerTo(...here), detail }];
    return [...own, ...problemsOf(children, here)];
  });
}
