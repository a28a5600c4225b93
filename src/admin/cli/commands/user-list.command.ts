import type { Command } from 'commander';
import { UsersService } from '#users/index.js';
import { userAnswer } from '../../rest/dto/user.dto.js';
import { everything } from '../pages.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse user list`: all users, or those of a group. */
export function userList(parent: Command, runner: Runner): void {
  leaf(parent, 'list', 'list the users')
    .option('--group <name>', 'only the members of this group')
    .action(runner.action(({ group }: { group?: string }) => list(runner, group)));
}

function list(runner: Runner, group: string | undefined): Promise<Answer> {
  return runner.inService(async (services) => {
    const users = await everything((page) => services(UsersService).list({ group }, page));
    const rows = users.map(({ id, username, status, claims, groups }) => [
      username,
      claims.email ?? '',
      status,
      groups.join(','),
      id,
    ]);
    return {
      json: { items: users.map((user) => userAnswer(user)) },
      lines: table(['username', 'email', 'status', 'groups', 'id'], rows),
    };
  });
}
