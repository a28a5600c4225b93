import { isCalendarDay, isWebAddress } from '../claim-rules.js';
import { isEmailAddress } from '../username.js';
import type { AttributeConstraints, AttributeDeclaration } from './attribute.js';

const LONGEST_TEXT = 1000;
const LONGEST_URL = 2048;
const MOST_ITEMS = 50;
const MOST_BYTES = 32_768;

type Kind = Pick<AttributeDeclaration, 'type' | 'list' | 'constraints'>;
type Check = (value: unknown, constraints: AttributeConstraints) => string | undefined;

/** Says what is wrong with a value of an attribute; nothing when it can be one. */
export function valueProblem({ type, list, constraints }: Kind, value: unknown): string | undefined {
  const check = (one: unknown): string | undefined => CHECKS[type](one, constraints);
  if (!list) return check(value);
  if (!Array.isArray(value) || value.length === 0) return 'must be a list with something in it';
  const most = constraints.maxItems ?? MOST_ITEMS;
  if (value.length > most) return `must not have more than ${most} items`;
  const problem = value.map(check).find((one) => one !== undefined);
  if (problem !== undefined) return `has an item that ${problem}`;
  return Buffer.byteLength(JSON.stringify(value)) > MOST_BYTES ? 'is too long' : undefined;
}

const CHECKS: Readonly<Record<AttributeDeclaration['type'], Check>> = {
  string: (value, { minLength = 1, maxLength = LONGEST_TEXT }) => {
    const least = Math.max(1, minLength);
    const fits = isText(value) && value.length >= least && value.length <= maxLength;
    return fits ? undefined : `must be one line of ${least} to ${maxLength} characters`;
  },
  number: (value, { minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }) => {
    const fits = typeof value === 'number' && value >= minimum && value <= maximum;
    return fits ? undefined : `must be a number from ${minimum} to ${maximum}`;
  },
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  date: (value) => (isText(value) && isCalendarDay(value) ? undefined : 'must be a day such as 2026-12-31'),
  url: (value) => {
    const fits = isText(value) && value.length <= LONGEST_URL && isWebAddress(value);
    return fits ? undefined : 'must be an http or https URL';
  },
  email: (value) => (isText(value) && isEmailAddress(value) ? undefined : 'must be an e-mail address'),
  enum: (value, { choices = [] }) => {
    return isText(value) && choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`;
  },
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value);
}
