import { createReadStream } from 'node:fs';
import { Option, type Command } from 'commander';
import { Transactions } from '#platform/database/index.js';
import { ON_CONFLICT } from '../../rest/dto/user-transfer.dto.js';
import { summaryOf } from '../../user-files/import-summary.js';
import { UserImports, type ImportChoices, type LineReport } from '../../user-files/user-imports.service.js';
import { USER_FILE_FORMATS, userLines, type UserFileFormat } from '../../user-files/user-lines.js';
import { ExitCode } from '../exit-code.js';
import type { Services } from '../open-service.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options {
  readonly format?: UserFileFormat;
  readonly onConflict: ImportChoices['onConflict'];
  readonly dryRun?: true;
}

/** `gatehouse user import`: brings in users from a file, or from standard input. */
export function userImport(parent: Command, runner: Runner): void {
  leaf(parent, 'import [file]', 'bring in users from a file of CSV or lines of JSON, or from standard input')
    .addOption(
      new Option('--format <format>', 'how the file is written; by its name unless said').choices([
        ...USER_FILE_FORMATS,
      ]),
    )
    .addOption(
      new Option('--on-conflict <what>', 'what to do with a user who is there already')
        .choices([...ON_CONFLICT])
        .default('fail'),
    )
    .option('--dry-run', 'write nothing, and tell what would become of each line')
    .action(runner.action((file: string | undefined, options: Options) => bringIn(runner, file, options)));
}

function bringIn(runner: Runner, file: string | undefined, options: Options): Promise<Answer> {
  const format = options.format ?? (file?.endsWith('.csv') === true ? 'csv' : 'jsonl');
  const source = file === undefined ? runner.terminal.input : textOf(file);
  const rehearses = options.dryRun === true;
  const run = rehearses ? runner.inService.bind(runner) : runner.changingInPieces.bind(runner, 'user import');
  return run(async (services: Services) => {
    const lines: LineReport[] = [];
    const work = async (): Promise<void> => {
      const choices = { onConflict: options.onConflict, rankProblem: () => undefined };
      for await (const line of services(UserImports).run(userLines(source, format), choices)) lines.push(line);
    };
    await (rehearses ? rehearsed(services, work) : work());
    return answerOf(lines, rehearses);
  });
}

/** Opened when it is read, so that a file that is not there fails the command and nothing else. */
async function* textOf(file: string): AsyncIterable<Buffer> {
  yield* createReadStream(file) as AsyncIterable<Buffer>;
}

/** Does everything and takes it back. */
function rehearsed(services: Services, work: () => Promise<void>): Promise<void> {
  return services(Transactions).rehearse(work);
}

function answerOf(lines: readonly LineReport[], isDryRun: boolean): Answer {
  const summary = summaryOf(lines);
  const counts = Object.entries(summary.counts).map(([outcome, count]) => `${count} ${outcome}`);
  const failures = lines.flatMap(({ line, username = '', errors = [] }) =>
    errors.map(({ pointer, detail }) => `Line ${line}${username === '' ? '' : ` (${username})`}: ${pointer} ${detail}`),
  );
  const total = counts.length === 0 ? 'There are no users in the file.' : `${counts.join(', ')}.`;
  return {
    json: isDryRun ? { dry_run: true, ...summary } : summary,
    lines: [...failures, isDryRun ? `Nothing was written. ${total}` : total],
    exitCode: summary.complete ? ExitCode.Ok : ExitCode.Failed,
  };
}
