/** One fault of the environment, and what to do about it. */
export interface SettingsProblem {
  readonly name: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Says everything that is wrong with the environment at once; the process then ends with code 78 (EX_CONFIG). */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly exitCode = 78;

  constructor(readonly problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ name, problem, remedy }) => `  ${name} ${problem}. ${remedy}`);
    const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
    super([`${count} wrong, so the service does not start:`, ...lines].join('\n'));
  }
}
