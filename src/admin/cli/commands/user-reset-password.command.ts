import type { Command } from 'commander';
import { PasswordsService } from '#authentication/index.js';
import { UserAccounts } from '../../rest/user-accounts.service.js';
import { CommandFailure } from '../failure.js';
import { passwordLines, passwordMember, type PasswordOptions, passwordSource } from '../passwords.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';
import { userMeant } from '../user-lookup.js';

/** `gatehouse user reset-password`: gives a user another password, which ends every session of theirs. */
export function userResetPassword(parent: Command, runner: Runner): void {
  leaf(parent, 'reset-password <user>', 'give a user another password; it is made and shown once')
    .option('--password-stdin', 'read the password from standard input instead')
    .action(runner.action((user: string, options: PasswordOptions) => reset(runner, user, options)));
}

async function reset(runner: Runner, text: string, options: PasswordOptions): Promise<Answer> {
  const source = await passwordSource(runner.terminal, options);
  return runner.changing('user reset-password', async (services) => {
    const user = await userMeant(services, text);
    const password = source(services);
    const problems = await services(UserAccounts).passwordProblems(password.value, user);
    if (problems.length > 0) throw new CommandFailure('The password cannot be accepted.', problems);
    await services(PasswordsService).set(user.id, password.value ?? '');
    return {
      about: { userId: user.id },
      json: { id: user.id, username: user.username, ...passwordMember(password) },
      lines: [`User ${user.username} has another password; all their sessions have ended.`, ...passwordLines(password)],
    };
  });
}
