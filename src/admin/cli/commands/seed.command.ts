import type { Command } from 'commander';
import { SeedService } from '../../seed/seed.service.js';
import { SeedError } from '../../seed/seed-error.js';
import { ExitCode } from '../exit-code.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse seed`: applies a seed file, as at start. */
export function seed(parent: Command, runner: Runner): void {
  leaf(
    parent,
    'seed [file]',
    'apply a seed file (.json, .yaml, .yml), by default SEED_FILE: all of it, or nothing',
  ).action(runner.action((file: string | undefined) => apply(runner, file)));
}

function apply(runner: Runner, given: string | undefined): Promise<Answer> {
  const file = given ?? runner.settings().bootstrap.seedFile;
  if (file === undefined) throw new CommandFailure('Name a file, or set SEED_FILE.', [], ExitCode.Usage);
  return runner.changing('seed', async (services) => {
    try {
      const report = await services(SeedService).apply(file);
      const parts = Object.entries(report).filter(([, count]) => count > 0);
      const words = parts.map(([name, count]) => `${count} ${name}`).join(', ');
      return { json: { file, ...report }, lines: [`${file} was applied: ${words === '' ? 'it is empty' : words}.`] };
    } catch (error) {
      if (!(error instanceof SeedError)) throw error;
      throw new CommandFailure(`${file} cannot be applied, and nothing of it was.`, error.problems);
    }
  });
}
