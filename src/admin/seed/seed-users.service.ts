import { Injectable } from '@nestjs/common';
import { PasswordsService, type PreparedPassword } from '#authentication/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { typedName, UsersService, type User, type UserChanges } from '#users/index.js';
import { userInput } from '../rest/dto/user.dto.js';
import { UserAccounts } from '../rest/user-accounts.service.js';
import { problemsOf } from './seed-problems.js';
import type { SeedUser } from './seed.dto.js';

/** What has to be known of the password of a seeded user before anything is written. */
export interface SeedPassword {
  readonly problems: readonly FieldProblem[];
  /** The password to set; absent when there is none, or it is the one that is set already. */
  readonly prepared?: PreparedPassword;
}

/** Applies the users of a seed: those who are there are changed, the others are added. */
@Injectable()
export class SeedUsers {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: UserAccounts,
    private readonly passwords: PasswordsService,
  ) {}

  /** Does the slow work of a password, which has no place inside the transaction. */
  async password(message: SeedUser): Promise<SeedPassword> {
    const { password } = message;
    if (password === undefined) return { problems: [] };
    const present = await this.present(message);
    // Setting a password ends sessions, so one that has not changed is left alone.
    if (present !== undefined && (await this.passwords.matches(present.id, password))) return { problems: [] };
    const problems = await this.accounts.passwordProblems(password, userInput(message));
    return problems.length > 0 ? { problems } : { problems, prepared: await this.passwords.prepare(password) };
  }

  async apply(message: SeedUser, { prepared }: SeedPassword): Promise<FieldProblem[]> {
    const { id, ...rest } = message;
    const present = await this.present(message);
    const result =
      present === undefined
        ? await this.accounts.create(userInput(rest), { id })
        : await this.users.update(present.id, changesOf(rest));
    if ((result.outcome === 'created' || result.outcome === 'updated') && prepared !== undefined) {
      await this.passwords.set(result.user.id, prepared);
    }
    return problemsOf(result, '#/username');
  }

  private async present({ id, username }: SeedUser): Promise<User | undefined> {
    if (id !== undefined) return this.users.find(id);
    const found = await this.users.findByLogin(username);
    return found !== undefined && typedName(found.username) === typedName(username) ? found : undefined;
  }
}

function changesOf(message: Omit<SeedUser, 'id'>): UserChanges {
  const { status, groups, attributes, adminRole, username, claims = {} } = userInput(message);
  return {
    username,
    claims,
    ...(adminRole && { adminRole }),
    ...(status && { status }),
    ...(groups && { groups }),
    ...(attributes && { attributes }),
  };
}
