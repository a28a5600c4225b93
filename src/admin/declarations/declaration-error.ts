import type { FieldProblem } from '#platform/http/index.js';

/** A fault, and where it stands. */
export interface PlacedFault extends FieldProblem {
  readonly file: string;
  readonly line?: number;
}

/** Declarations that cannot be applied, with everything that is wrong with them. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';

  constructor(readonly problems: readonly PlacedFault[]) {
    const lines = problems.map(({ file, line, pointer, detail }) => `  ${file}:${line ?? 1} ${pointer} ${detail}`);
    super(['The declarations cannot be applied, and nothing of them was:', ...lines].join('\n'));
  }
}

/** What is there is not as it was when somebody looked at the plan. */
export class PlanChanged extends Error {
  override readonly name = 'PlanChanged';

  constructor() {
    super('What would change is not what the plan said any more; look at it again. Nothing was written.');
  }
}
