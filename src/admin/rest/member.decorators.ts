import 'reflect-metadata';
import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  ValidateBy,
  ValidateNested,
  isRFC3339,
} from 'class-validator';
import { isJsonObject } from './merge-patch.js';

/** A JSON Schema as OpenAPI 3.1 takes it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** A class that describes a message, and that checked messages are made instances of. */
export type MessageClass<T extends object = object> = new () => T;

/** A message as plain data. */
export type Plain<T> = { [K in keyof T]: T[K] };

/** What is declared about one member of a message. */
export interface MemberFacts {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** The class of a member that is itself an object, or a list of objects. */
  readonly type?: MessageClass;
  readonly list?: true;
}

/** What can be said about any member. */
export interface MemberOptions {
  readonly about: string;
  readonly required?: true;
  readonly writeOnly?: true;
  readonly readOnly?: true;
}

const MEMBERS = Symbol('members');

/** The members that a message class declares, those of its base class first. */
export function membersOf(type: MessageClass): readonly MemberFacts[] {
  return (Reflect.getMetadata(MEMBERS, type.prototype as object) as readonly MemberFacts[] | undefined) ?? [];
}

/** A member that is text. */
export function TextMember(options: MemberOptions & { readonly schema?: JsonSchema }): PropertyDecorator {
  return member(options, { type: 'string', ...options.schema }, IsString({ message: 'must be text' }));
}

/** A member that names a record: text that is not empty, and no longer than such names are. */
export function ReferenceMember({ most, ...options }: MemberOptions & { readonly most: number }): PropertyDecorator {
  const message = `must be text of 1 to ${most} characters`;
  return member(options, { type: 'string', minLength: 1, maxLength: most }, Length(1, most, { message }));
}

/** A member that is one of a few texts. */
export function ChoiceMember(
  values: readonly string[],
  options: MemberOptions & { default?: string },
): PropertyDecorator {
  const fallback = options.default === undefined ? {} : { default: options.default };
  const message = `must be one of ${values.join(', ')}`;
  return member(options, { type: 'string', enum: values, ...fallback }, IsIn(values, { message }));
}

/** A member that is true or false. */
export function FlagMember(options: MemberOptions & { readonly default?: boolean }): PropertyDecorator {
  const fallback = options.default === undefined ? {} : { default: options.default };
  return member(options, { type: 'boolean', ...fallback }, IsBoolean({ message: 'must be true or false' }));
}

/** A member that is a whole number. */
export function NumberMember(options: MemberOptions & { readonly schema?: JsonSchema }): PropertyDecorator {
  return member(options, { type: 'integer', ...options.schema }, IsInt({ message: 'must be a whole number' }));
}

/** A member that is a moment (RFC 3339 §5.6). */
export function InstantMember(options: MemberOptions & { readonly nullable?: true }): PropertyDecorator {
  const type = options.nullable ? ['string', 'null'] : 'string';
  const message = 'must be a time such as 2026-12-31T23:59:59Z';
  return member(options, { type, format: 'date-time' }, check('isInstant', isInstant, message));
}

/** A member that is a list of texts, or of some of a few texts. */
export function TextListMember(options: MemberOptions & { readonly values?: readonly string[] }): PropertyDecorator {
  const { values } = options;
  const items = values === undefined ? { type: 'string' } : { type: 'string', enum: values };
  const each =
    values === undefined
      ? IsString({ each: true, message: 'must be a list of texts' })
      : IsIn(values, { each: true, message: `must only have ${values.join(', ')}` });
  return member(options, { type: 'array', items }, IsArray({ message: 'must be a list' }), each);
}

/** A member that is an object of texts under names of the sender's. */
export function TextMapMember(options: MemberOptions): PropertyDecorator {
  const schema = { type: 'object', additionalProperties: { type: 'string' } };
  return member(options, schema, check('isTextMap', isTextMap, 'must be an object of texts'));
}

/** A member of an answer that is an object as others defined it. */
export function ObjectMapMember(options: MemberOptions): PropertyDecorator {
  const schema = { type: 'object', additionalProperties: true };
  return member(options, schema, check('isJsonObject', isJsonObject, 'must be an object'));
}

/** A member that is one certain text, or a list of some of a few texts. */
export function TextOrListMember(
  options: MemberOptions & { readonly text: string; readonly values: readonly string[] },
): PropertyDecorator {
  const { text, values } = options;
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.every((one) => values.includes(String(one)));
  const list = { type: 'array', items: { type: 'string', enum: values } };
  return member(
    options,
    { oneOf: [{ type: 'string', enum: [text] }, list] },
    check('isTextOrList', (value) => value === text || isList(value), `must be "${text}" or a list of known names`),
  );
}

/** A member that is an object with declared members of its own. */
export function ObjectMember(type: MessageClass, options: MemberOptions): PropertyDecorator {
  const isObject = check('isJsonObject', isJsonObject, 'must be an object');
  return member({ ...options, type }, {}, isObject, ValidateNested());
}

/** A member that is an object with members of any name; what is in it is for the rules of the record. */
export function MapMember(options: MemberOptions & { readonly schema?: JsonSchema }): PropertyDecorator {
  const isObject = check('isJsonObject', isJsonObject, 'must be an object');
  return member(options, { type: 'object', additionalProperties: true, ...options.schema }, isObject);
}

/** A member that may be any JSON but null; what it can be is for the rules of the record. */
export function AnyMember(options: MemberOptions): PropertyDecorator {
  return member(options, {});
}

/** A member of an answer that is a list of objects. */
export function ObjectListMember(type: MessageClass, options: MemberOptions): PropertyDecorator {
  return member({ ...options, type, list: true }, {}, IsArray({ message: 'must be a list' }));
}

/** A member that is a JSON Web Key Set (RFC 7517 §5). */
export function JwksMember(options: MemberOptions): PropertyDecorator {
  const keys = { type: 'array', items: { type: 'object', additionalProperties: true } };
  const schema = { type: 'object', properties: { keys }, required: ['keys'] };
  return member(options, schema, check('isJwks', isJwks, 'must be an object with a list of keys'));
}

/** Whether a value is a moment; looking at the numbers alone would let 30 February through, as if it were 2 March. */
export function isInstant(value: unknown): boolean {
  if (!isRFC3339(value)) return false;
  const [, date = ''] = /^(\d{4}-\d\d-\d\d)/.exec(String(value)) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(Date.parse(String(value))) && day.toISOString().startsWith(date);
}

function isTextMap(value: unknown): boolean {
  return isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isJwks(value: unknown): boolean {
  return isJsonObject(value) && Array.isArray(value['keys']) && value['keys'].every(isJsonObject);
}

function check(name: string, holds: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: holds } }, { message });
}

function member(
  options: MemberOptions & Pick<MemberFacts, 'type' | 'list'>,
  schema: JsonSchema,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const { about, required = false, readOnly, writeOnly, type, list } = options;
  const marks = { ...(readOnly ? { readOnly } : {}), ...(writeOnly ? { writeOnly } : {}) };
  return (target, name) => {
    (required ? IsDefined({ message: 'is required' }) : IsOptional())(target, name);
    for (const decorate of checks) decorate(target, name);
    const facts = { name: String(name), required, schema: { ...schema, description: about, ...marks } };
    declare(target, { ...facts, ...(type && { type }), ...(list && { list }) });
  };
}

function declare(target: object, facts: MemberFacts): void {
  const inherited = (Reflect.getMetadata(MEMBERS, target) as readonly MemberFacts[] | undefined) ?? [];
  const others = inherited.filter(({ name }) => name !== facts.name);
  Reflect.defineMetadata(MEMBERS, [...others, facts], target);
}
