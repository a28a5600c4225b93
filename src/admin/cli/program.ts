import { Command, CommanderError } from 'commander';
import { auditExport } from './commands/audit-export.command.js';
import { auditVerify } from './commands/audit-verify.command.js';
import { clientConfiguration } from './commands/client-configuration.command.js';
import { clientCreate } from './commands/client-create.command.js';
import { clientDelete } from './commands/client-delete.command.js';
import { clientLint } from './commands/client-lint.command.js';
import { clientList } from './commands/client-list.command.js';
import { clientRotateSecret } from './commands/client-rotate-secret.command.js';
import { clientShow } from './commands/client-show.command.js';
import { clientTemplates } from './commands/client-templates.command.js';
import { doctor } from './commands/doctor.command.js';
import { exportDeclarations } from './commands/export.command.js';
import { keyList } from './commands/key-list.command.js';
import { keyRotate } from './commands/key-rotate.command.js';
import { receiptVerify } from './commands/receipt-verify.command.js';
import { applyDeclarations, planDeclarations } from './commands/plan.command.js';
import { migrateDatabase } from './commands/migrate.command.js';
import { seed } from './commands/seed.command.js';
import { showSettings } from './commands/settings.command.js';
import { token } from './commands/token.command.js';
import { userCreate } from './commands/user-create.command.js';
import { userExport } from './commands/user-export.command.js';
import { userGrantAdmin } from './commands/user-grant-admin.command.js';
import { userGrantRole } from './commands/user-grant-role.command.js';
import { userImport } from './commands/user-import.command.js';
import { userList } from './commands/user-list.command.js';
import { userResetPassword } from './commands/user-reset-password.command.js';
import { userDisable, userEnable } from './commands/user-status.command.js';
import { EXIT_CODE_HELP, ExitCode } from './exit-code.js';
import { Runner } from './runner.js';
import { type Streams, Terminal } from './terminal.js';

type Registration = (parent: Command, runner: Runner) => void;

const GROUPS: readonly (readonly [name: string, about: string, commands: readonly Registration[]])[] = [
  [
    'user',
    'the people of the company',
    [
      userCreate,
      userList,
      userDisable,
      userEnable,
      userResetPassword,
      userGrantAdmin,
      userGrantRole,
      userImport,
      userExport,
    ],
  ],
  [
    'client',
    'the registered applications',
    [
      clientCreate,
      clientTemplates,
      clientLint,
      clientConfiguration,
      clientList,
      clientShow,
      clientRotateSecret,
      clientDelete,
    ],
  ],
  ['audit', 'the record of what happened', [auditVerify, auditExport]],
  ['receipt', 'the receipts of decisions on consent pages', [receiptVerify]],
  ['key', 'the keys that sign tokens', [keyList, keyRotate]],
];

const SINGLE: readonly Registration[] = [
  migrateDatabase,
  seed,
  exportDeclarations,
  planDeclarations,
  applyDeclarations,
  showSettings,
  token,
  doctor,
];

/** Runs what stands on a command line, and says what the process ends with. */
export async function runCommandLine(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const runner = new Runner(env, new Terminal(streams));
  try {
    await makeProgram(runner).parseAsync(words, { from: 'user' });
    return runner.exitCode;
  } catch (error) {
    // Commander has said already what is wrong with the words, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
    throw error;
  }
}

function makeProgram(runner: Runner): Command {
  const program = new Command('gatehouse')
    .description("The administrator's command line of Gatehouse. It uses the settings of the environment.")
    .addHelpText('after', EXIT_CODE_HELP)
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => {
        runner.terminal.help(text);
      },
      writeErr: (text) => {
        runner.terminal.write(text);
      },
    })
    .exitOverride();
  for (const [name, about, commands] of GROUPS) {
    const group = program.command(name).description(about);
    for (const register of commands) register(group, runner);
  }
  for (const register of SINGLE) register(program, runner);
  return program;
}
