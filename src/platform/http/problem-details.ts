import { STATUS_CODES } from 'node:http';

/** One fault of a request body, with the place it is at (RFC 6901 in fragment form). */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What a refused request of our own JSON APIs is told. */
export interface ProblemFacts {
  readonly status: number;
  /** Short and the same each time; by default the name of the status. */
  readonly title?: string;
  /** What is wrong this time, in words that help. */
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal of our own JSON APIs, in the form of RFC 9457. */
export class ProblemDetails extends Error {
  constructor(readonly facts: ProblemFacts) {
    super(facts.detail ?? titleOf(facts));
  }
}

/** The body of an `application/problem+json` answer (RFC 9457 §3). */
export function problemBody(facts: ProblemFacts, supportCode: string): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: titleOf(facts),
    status: facts.status,
    ...(facts.detail === undefined ? {} : { detail: facts.detail }),
    ...(facts.errors === undefined ? {} : { errors: facts.errors }),
    request_id: supportCode,
  };
}

/** The fragment form of a JSON pointer to a member (RFC 6901 §6). */
export function pointerTo(...path: readonly (string | number)[]): string {
  const escape = (part: string | number): string =>
    encodeURIComponent(wellFormed(String(part)).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...path.map(escape)].join('/');
}

// JSON can name a member with half a character (RFC 8259 §8.2), which no URI can.
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function titleOf(facts: ProblemFacts): string {
  return facts.title ?? STATUS_CODES[facts.status] ?? 'Error';
}
