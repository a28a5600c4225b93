/** What the command line ends with; `--help` explains it. */
export const ExitCode = {
  Ok: 0,
  /** It could not be done, or what was looked for is not there, the doctor saw red, or a plan has what would be refused. */
  Failed: 1,
  /** Unknown commands and options, missing arguments. */
  Usage: 2,
  /** The plan has something to do, as `diff` and its like say it. */
  Changes: 2,
  /** The settings, or a database that is behind them (EX_CONFIG). */
  Settings: 78,
} as const;

/** The part of `--help` that scripts are written by. */
export const EXIT_CODE_HELP = `
Exit codes:
  0   done
  1   failed, or not found; the doctor saw red; a plan has what would be refused
  2   wrong usage; of plan: there is something to do
  78  wrong settings, or a database schema that is behind
`;
