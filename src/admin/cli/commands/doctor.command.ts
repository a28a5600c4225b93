import type { Command } from 'commander';
import { reportLines } from '../../doctor/report.js';
import { examineFrom } from '../examine-from.js';
import { ExitCode } from '../exit-code.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

/** `gatehouse doctor`: examines a running deployment from outside and inside. */
export function doctor(parent: Command, runner: Runner): void {
  leaf(parent, 'doctor', 'examine the running deployment, and say for each red line what to do')
    .option('--issuer <url>', 'examine the service under this issuer instead of ISSUER')
    .action(runner.action(({ issuer }: { issuer?: string }) => examine(runner, issuer)));
}

async function examine(runner: Runner, issuer: string | undefined): Promise<Answer> {
  // The doctor changes nothing, not even a schema that is behind.
  const report = await examineFrom(runner.settings({ ISSUER: issuer, MIGRATE_ON_START: 'false' }), runner.terminal);
  return { json: report, lines: reportLines(report), exitCode: report.healthy ? ExitCode.Ok : ExitCode.Failed };
}
