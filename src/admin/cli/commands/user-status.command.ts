import type { Command } from 'commander';
import { type User, UsersService } from '#users/index.js';
import { userAnswer } from '../../rest/dto/user.dto.js';
import { refusal } from '../../rest/outcomes.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';
import { userMeant } from '../user-lookup.js';

const USER = '<user>';

/** `gatehouse user disable`: refuses a user everywhere, at once. */
export function userDisable(parent: Command, runner: Runner): void {
  leaf(parent, `disable ${USER}`, 'refuse a user everywhere, at once (by id, user name or e-mail address)').action(
    runner.action((user: string) => change(runner, user, 'disabled')),
  );
}

/** `gatehouse user enable`: takes that back. */
export function userEnable(parent: Command, runner: Runner): void {
  leaf(parent, `enable ${USER}`, 'let a disabled user in again').action(
    runner.action((user: string) => change(runner, user, 'active')),
  );
}

function change(runner: Runner, text: string, status: User['status']): Promise<Answer> {
  return runner.changing(`user ${status === 'active' ? 'enable' : 'disable'}`, async (services) => {
    const { id } = await userMeant(services, text);
    const result = await services(UsersService).update(id, { status });
    if (result.outcome !== 'updated') throw refusal(result);
    const { user } = result;
    return { about: { userId: id }, json: userAnswer(user), lines: [`User ${user.username} is ${user.status}.`] };
  });
}
