import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { ADMINISTRATORS_GROUP, GroupsService, UsersService, type User } from '#users/index.js';
import { UserAccounts } from '../rest/user-accounts.service.js';
import { SeedError } from './seed-error.js';
import { problemsOf } from './seed-problems.js';

const SOURCE = 'ADMIN_EMAIL';

/** The administrator that ADMIN_EMAIL and ADMIN_PASSWORD name, for an installation that has none. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly accounts: UserAccounts,
    private readonly passwords: PasswordsService,
    private readonly transactions: Transactions,
  ) {}

  /** Adds the user, or makes the one who has the address an administrator; nothing when there is one already. */
  async make(email: string, password: string): Promise<void> {
    if (await this.users.hasAdministrator()) return;
    const present = await this.users.findByLogin(email);
    if (present !== undefined) {
      await this.promote(present, password);
      return;
    }
    const groups = [ADMINISTRATORS_GROUP];
    const result = await this.accounts.create(
      { username: email, claims: { email }, groups, adminRole: 'owner' },
      { password },
    );
    refuse(problemsOf(result, '#/email'));
  }

  /** With the password too: whoever could sign in under the address before is not the administrator who was named. */
  private async promote(user: User, password: string): Promise<void> {
    refuse(await this.accounts.passwordProblems(password, user));
    const prepared = await this.passwords.prepare(password);
    await this.transactions.run(async () => {
      await this.groups.addMember(ADMINISTRATORS_GROUP, user.id);
      await this.users.update(user.id, { adminRole: 'owner' });
      await this.passwords.set(user.id, prepared);
    });
  }
}

function refuse(problems: ConstructorParameters<typeof SeedError>[1]): void {
  if (problems.length > 0) throw new SeedError(SOURCE, problems);
}
