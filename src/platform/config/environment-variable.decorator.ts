import { IsOptional, ValidateBy } from 'class-validator';

/** What the documentation says about one environment variable. */
export interface EnvironmentVariable {
  readonly name: string;
  /** The heading it is documented under. */
  readonly group: string;
  /** What it is for, in one sentence. */
  readonly meaning: string;
  /** Which values it takes, to be read after "Set it to". */
  readonly accepts: string;
  /** Its value when it is not set, as text; nothing when it then has none. */
  readonly fallback?: string;
  readonly example?: string;
  /** Never printed. */
  readonly secret?: true;
  /** Checked, but read by nothing in this version. */
  readonly reserved?: true;
}

const variables: EnvironmentVariable[] = [];

type Details = Pick<EnvironmentVariable, 'fallback' | 'example' | 'secret' | 'reserved'>;

/** Makes the decorator that declares a field of `Environment` as an optional variable, documented under a heading. */
export function variablesOf(group: string) {
  return (meaning: string, accepts: string, details: Details = {}): PropertyDecorator =>
    (target, name) => {
      variables.push({ name: String(name), group, meaning, accepts, ...details });
      IsOptional()(target, name);
    };
}

/** Every variable of the environment, in the order of the documentation. */
export function environmentVariables(): readonly EnvironmentVariable[] {
  return variables;
}

/** What reading a text gave: a value, or what is wrong with the text. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** A value that was read. */
export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** Why a text could not be read; never repeats the text, which may be a secret. */
export function unreadable(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

/** Requires that a reader accepts the value; its complaint is the message. */
export function Readable(reader: (text: string) => Reading<unknown>): PropertyDecorator {
  const complaint = (value: unknown): string => {
    const reading = reader(String(value));
    return reading.ok ? '' : reading.problem;
  };
  return ValidateBy({
    name: 'readable',
    validator: {
      validate: (value) => complaint(value) === '',
      defaultMessage: (facts) => complaint(facts?.value),
    },
  });
}
