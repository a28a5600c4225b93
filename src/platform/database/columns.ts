import { Column, PrimaryColumn } from 'typeorm';
import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** What a column may say beyond its kind; no column has a default, so that both databases describe it alike. */
export interface ColumnChoices {
  nullable?: true;
  primary?: true;
}

/** The length of our own time-ordered identifiers. */
export const ID_LENGTH = 36;

/** The length of a SHA-256 digest in base64url. */
export const DIGEST_LENGTH = 43;

type Kind = Pick<ColumnOptions, 'type' | 'length' | 'transformer'>;

const instant: ValueTransformer = {
  to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
  from: (value: unknown) => (value === null || value === undefined ? null : new Date(Number(value))),
};

const whole: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? null : Number(value)),
};

const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : null),
};

/** The primary key of a row: one of our identifiers, or another name of the given length. */
export function Id(length: number = ID_LENGTH): PropertyDecorator {
  return column({ type: 'varchar', length }, { primary: true });
}

/** The identifier of another row: 36 characters, or 255 for a client. */
export function Ref(choices: ColumnChoices & { length?: 36 | 255 } = {}): PropertyDecorator {
  const { length = ID_LENGTH, ...rest } = choices;
  return column({ type: 'varchar', length }, rest);
}

/** A text of at most n characters; up to 768 of them fit into an index. */
export function Text(length: number, choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'varchar', length }, choices);
}

/** A text of up to 65,535 bytes that is never searched. */
export function LongText(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'text' }, choices);
}

/** The SHA-256 digest of a value that is not stored itself. */
export function Digest(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'varchar', length: DIGEST_LENGTH }, choices);
}

/** A moment: a `Date` here, milliseconds since 1970 in the database. */
export function Instant(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'bigint', transformer: instant }, choices);
}

/** Yes or no. */
export function Flag(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'boolean' }, choices);
}

/** A whole number that fits 32 bits. */
export function Count(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'integer' }, choices);
}

/** A whole number beyond 32 bits, as a counter that somebody else keeps. */
export function LargeCount(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'bigint', transformer: whole }, choices);
}

/** Plain data kept as JSON text of up to 65,535 bytes and never searched. */
export function Json(choices: ColumnChoices = {}): PropertyDecorator {
  return column({ type: 'text', transformer: json }, choices);
}

function column(kind: Kind, choices: ColumnChoices): PropertyDecorator {
  if (choices.primary) return PrimaryColumn({ ...kind });
  return Column({ ...kind, nullable: choices.nullable ?? false });
}
