import type { FieldProblem } from '#platform/http/index.js';

const UNUSABLE_SETTINGS = 78;

/** A seed that cannot be applied, with everything that is wrong with it; the process ends with this exit code. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly exitCode = UNUSABLE_SETTINGS;

  constructor(
    source: string,
    readonly problems: readonly FieldProblem[],
  ) {
    const lines = problems.map(({ pointer, detail }) => `  ${pointer} ${detail}`);
    super([`${source} cannot be applied, and nothing of it was:`, ...lines].join('\n'));
  }
}
