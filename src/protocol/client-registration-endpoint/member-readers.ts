import { ResponseType } from '#standards/oauth.js';

/** A member as it was read, or what is wrong with its JSON. */
export type Reading = { readonly value: unknown } | { readonly detail: string };

/** Reads one member of a registration message; its JSON type is checked, its meaning is not (RFC 7591 §2). */
export type MemberReader = (given: unknown) => Reading;

/** Text. */
export const text: MemberReader = (given) =>
  typeof given === 'string' ? { value: given } : { detail: 'must be text' };

/** A number. */
export const number: MemberReader = (given) =>
  typeof given === 'number' ? { value: given } : { detail: 'must be a number' };

/** True or false. */
export const flag: MemberReader = (given) =>
  typeof given === 'boolean' ? { value: given } : { detail: 'must be true or false' };

/** A list of texts. */
export const texts: MemberReader = (given) =>
  isTexts(given) ? { value: given } : { detail: 'must be a list of texts' };

/** One of a few texts. */
export function oneOf(choices: readonly string[]): MemberReader {
  return (given) =>
    typeof given === 'string' && choices.includes(given)
      ? { value: given }
      : { detail: `must be one of ${choices.join(', ')}` };
}

/** A list of some of a few texts. */
export function someOf(choices: readonly string[]): MemberReader {
  return (given) =>
    isTexts(given) && given.every((each) => choices.includes(each))
      ? { value: given }
      : { detail: `must be a list that only has ${choices.join(', ')}` };
}

/** RFC 6749 §3.3: names separated by spaces. */
export const scopeNames: MemberReader = (given) =>
  typeof given === 'string' ? { value: wordsOf(given) } : { detail: 'must be names separated by spaces' };

/** RFC 6749 §3.1.1: the order of the parts of a response type does not matter. */
export const responseTypes: MemberReader = (given) => {
  const known = isTexts(given) ? given.map(knownResponseType) : [undefined];
  return known.includes(undefined)
    ? { detail: `must be a list that only has ${Object.values(ResponseType).join(', ')}` }
    : { value: known };
};

/** RFC 7517 §5 */
export const keySet: MemberReader = (given) => {
  const keys = isObject(given) ? given['keys'] : undefined;
  return Array.isArray(keys) && keys.every(isObject)
    ? { value: { keys: keys as readonly unknown[] } }
    : { detail: 'must be an object with a list of keys' };
};

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function knownResponseType(given: string): ResponseType | undefined {
  const sorted = (type: string) => [...new Set(wordsOf(type))].sort().join(' ');
  return Object.values(ResponseType).find((type) => sorted(type) === sorted(given));
}

function wordsOf(list: string): string[] {
  return list.split(' ').filter((word) => word !== '');
}
