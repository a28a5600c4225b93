import { SettingsError } from '#platform/config/index.js';
import { isUnavailable } from '#platform/database/index.js';
import { type FieldProblem, ProblemDetails } from '#platform/http/index.js';
import { ExitCode } from './exit-code.js';

/** A command cannot do what it was told, for a reason that the operator understands. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly problems: readonly FieldProblem[] = [],
    readonly exitCode: number = ExitCode.Failed,
  ) {
    super(message);
  }
}

/** What is told of a failure, to machines and to people. */
export interface FailureFacts {
  readonly error: string;
  readonly errors?: readonly unknown[];
  readonly exitCode: number;
}

/** Puts whatever went wrong into words. */
export function failureFacts(error: unknown): FailureFacts {
  if (error instanceof CommandFailure) return facts(error.message, error.exitCode, error.problems);
  if (error instanceof ProblemDetails) return facts(error.message, ExitCode.Failed, error.facts.errors);
  if (error instanceof SettingsError) {
    return { error: error.message, errors: error.problems, exitCode: error.exitCode };
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (isUnavailable(error)) {
    return facts(`The database cannot be used: ${codeOf(error) ?? reason}. Look at DATABASE_URL.`, ExitCode.Failed);
  }
  return facts(reason, exitCodeOf(error));
}

/** The lines that a person reads on the terminal. */
export function failureLines({ error, errors = [] }: FailureFacts): string[] {
  const places = errors
    .filter(isFieldProblem)
    .map((problem) => `  ${placeOf(problem)}${problem.pointer} ${problem.detail}`);
  return [error, ...places];
}

/** Where a fault stands, if it is one of a file. */
function placeOf(problem: FieldProblem & { readonly file?: string; readonly line?: number }): string {
  return problem.file === undefined ? '' : `${problem.file}:${problem.line ?? 1} `;
}

function facts(error: string, exitCode: number, errors: readonly FieldProblem[] = []): FailureFacts {
  return errors.length === 0 ? { error, exitCode } : { error, errors, exitCode };
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function exitCodeOf(error: unknown): number {
  const { exitCode } = error as { exitCode?: unknown };
  return typeof exitCode === 'number' ? exitCode : ExitCode.Failed;
}

function isFieldProblem(problem: unknown): problem is FieldProblem {
  return typeof problem === 'object' && problem !== null && 'pointer' in problem && 'detail' in problem;
}
