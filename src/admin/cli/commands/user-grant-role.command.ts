import { Argument, type Command } from 'commander';
import { ADMIN_ROLES, UsersService, type AdminRole } from '#users/index.js';
import { userAnswer } from '../../rest/dto/user.dto.js';
import { refusal } from '../../rest/outcomes.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';
import { userMeant } from '../user-lookup.js';

const NO_ROLE = 'none';

/** `gatehouse user grant-role`: what a user does in the administration; the way to an owner where there is none. */
export function userGrantRole(parent: Command, runner: Runner): void {
  leaf(parent, 'grant-role <user>', 'give a user a role in the administration (by id, user name or e-mail address)')
    .addArgument(new Argument('<role>', 'the role').choices([...ADMIN_ROLES, NO_ROLE]))
    .action(runner.action((user: string, role: AdminRole | typeof NO_ROLE) => grant(runner, user, role)));
}

function grant(runner: Runner, text: string, role: AdminRole | typeof NO_ROLE): Promise<Answer> {
  return runner.changing('user grant-role', async (services) => {
    const { id } = await userMeant(services, text);
    const result = await services(UsersService).update(id, { adminRole: role === NO_ROLE ? null : role });
    if (result.outcome !== 'updated') throw refusal(result);
    const { user } = result;
    const told = role === NO_ROLE ? 'has no role' : `has the role ${role}`;
    return { about: { userId: id }, json: userAnswer(user), lines: [`User ${user.username} ${told}.`] };
  });
}
