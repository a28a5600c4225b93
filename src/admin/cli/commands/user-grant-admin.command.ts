import type { Command } from 'commander';
import { ADMINISTRATORS_GROUP, GroupsService } from '#users/index.js';
import { userAnswer } from '../../rest/dto/user.dto.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';
import { userMeant } from '../user-lookup.js';

/** `gatehouse user grant-admin`: the way back in for an installation whose administrators are gone. */
export function userGrantAdmin(parent: Command, runner: Runner): void {
  leaf(parent, 'grant-admin <user>', 'make an administrator of a user (by id, user name or e-mail address)').action(
    runner.action((user: string) => grant(runner, user)),
  );
}

function grant(runner: Runner, text: string): Promise<Answer> {
  return runner.changing('user grant-admin', async (services) => {
    const { id, status } = await userMeant(services, text);
    const joined = await services(GroupsService).addMember(ADMINISTRATORS_GROUP, id);
    if (!joined) throw new CommandFailure('The user could not be put into the group of administrators.');
    const user = await userMeant(services, id);
    const disabled = `The user is disabled: "gatehouse user enable ${user.username}" lets them in.`;
    return {
      about: { userId: user.id },
      json: userAnswer(user),
      lines: [`User ${user.username} is an administrator.`, ...(status === 'active' ? [] : [disabled])],
    };
  });
}
