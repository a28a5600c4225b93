import type { Command } from 'commander';
import { DeclarationError, PlanChanged } from '../../declarations/declaration-error.js';
import { DeclarationsService } from '../../declarations/declarations.service.js';
import { planLines, shownChange, type Plan } from '../../declarations/plan.js';
import { ExitCode } from '../exit-code.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options {
  readonly files: string;
  readonly prune?: true;
}

/** `gatehouse plan`: tells what files would change, and changes nothing. */
export function planDeclarations(parent: Command, runner: Runner): void {
  withFiles(
    leaf(parent, 'plan', 'tell what the files of a folder would change; ends with 2 when there is something'),
  ).action(runner.action((options: Options) => plan(runner, options)));
}

/** `gatehouse apply`: makes the records what files say, all of it or nothing. */
export function applyDeclarations(parent: Command, runner: Runner): void {
  withFiles(leaf(parent, 'apply', 'make everything as the files of a folder say: all of it, or nothing'))
    .option('--plan-digest <digest>', 'only if that is still what this plan said')
    .action(runner.action((options: Options & { readonly planDigest?: string }) => apply(runner, options)));
}

function withFiles(command: Command): Command {
  return command
    .requiredOption('-f, --files <folder>', 'a folder as "gatehouse export" writes it')
    .option('--prune', 'delete what no file describes, of the kinds that have a folder');
}

function plan(runner: Runner, options: Options): Promise<Answer> {
  return understood(runner, async (service) => {
    const planned = await service.plan(
      await service.read(placesOf(runner, options), { prune: options.prune === true }),
    );
    const exitCode = planned.changes.length === 0 ? ExitCode.Ok : ExitCode.Changes;
    return { json: jsonOf(planned), lines: planLines(planned), exitCode };
  });
}

function apply(runner: Runner, options: Options & { readonly planDigest?: string }): Promise<Answer> {
  return understood(runner, async (service) => {
    const declared = await service.read(placesOf(runner, options), { prune: options.prune === true });
    const done = await service.apply(declared, options.planDigest);
    const lines = planLines(done);
    return {
      json: { applied: true, ...jsonOf(done) },
      lines: done.changes.length === 0 ? lines : [...lines, 'Applied.'],
    };
  });
}

function placesOf(runner: Runner, { files }: Options) {
  return { variables: runner.variables, folder: files };
}

function jsonOf({ changes, digest }: Plan): object {
  return { changes: changes.map(shownChange), digest };
}

async function understood(runner: Runner, work: (service: DeclarationsService) => Promise<Answer>): Promise<Answer> {
  try {
    return await runner.inService((services) => work(services(DeclarationsService)));
  } catch (error) {
    if (error instanceof PlanChanged) throw new CommandFailure(error.message);
    if (!(error instanceof DeclarationError)) throw error;
    throw new CommandFailure('The files cannot be applied, and nothing of them was.', error.problems);
  }
}
