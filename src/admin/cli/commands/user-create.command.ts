import type { Command } from 'commander';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { checkedMessage } from '../../rest/checked-message.js';
import { NewUser, userAnswer, userInput } from '../../rest/dto/user.dto.js';
import { refusal } from '../../rest/outcomes.js';
import { UserAccounts } from '../../rest/user-accounts.service.js';
import { passwordLines, passwordMember, type PasswordOptions, passwordSource } from '../passwords.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options extends PasswordOptions {
  readonly email?: string;
  readonly emailVerified?: true;
  readonly name?: string;
  readonly locale?: string;
  readonly group?: readonly string[];
  readonly admin?: true;
}

/** `gatehouse user create`: adds a user; a password that nobody gave is made and shown once. */
export function userCreate(parent: Command, runner: Runner): void {
  leaf(parent, 'create <username>', 'add a user; without --password-stdin a password is made and shown once')
    .option('--email <address>', 'the e-mail address')
    .option('--email-verified', 'the address is known to be theirs')
    .option('--name <name>', 'the full name')
    .option('--locale <tag>', 'the language, as in zh-CN')
    .option('--group <name...>', 'groups to be in')
    .option('--admin', 'make an administrator of them')
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-password', 'make no password: they cannot sign in with one yet')
    .action(runner.action((username: string, options: Options) => create(runner, username, options)));
}

async function create(runner: Runner, username: string, options: Options): Promise<Answer> {
  const source = await passwordSource(runner.terminal, options);
  return runner.changing('user create', async (services) => {
    const password = source(services);
    const message = checkedMessage(NewUser, { ...bodyOf(username, options), password: password.value });
    const result = await services(UserAccounts).create(userInput(message), { password: message.password });
    if (result.outcome !== 'created') throw refusal(result);
    const { user } = result;
    return {
      about: { userId: user.id },
      json: { ...userAnswer(user), ...passwordMember(password) },
      lines: [`User ${user.username} was added (id ${user.id}).`, ...passwordLines(password)],
    };
  });
}

function bodyOf(username: string, { email, emailVerified, name, locale, group = [], admin }: Options): object {
  const groups = admin === true ? [...new Set([...group, ADMINISTRATORS_GROUP])] : group;
  return { username, email, email_verified: emailVerified, name, locale, groups };
}
