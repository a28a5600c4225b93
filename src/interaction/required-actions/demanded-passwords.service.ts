import { Injectable } from '@nestjs/common';
import { PasswordsService, provenKinds } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersService } from '#users/index.js';
import type { NewPasswordProblem } from '#views/index.js';
import { SecondFactorNeeds } from '../second-factor/second-factor-needs.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';

/** Sets the password that a user must choose before a sign-in goes on. */
@Injectable()
export class DemandedPasswords {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly users: UsersService,
    private readonly transactions: Transactions,
    private readonly needs: SecondFactorNeeds,
  ) {}

  /** What is wrong with it; when nothing is, it is set, and only the sign-in in which it was chosen stays. */
  async choose({ user, pending }: SignInVisit, password: string): Promise<NewPasswordProblem | undefined> {
    if (password === '') return 'missing';
    const problem = await this.passwords.problem(password, { username: user.username, email: user.claims.email });
    if (problem !== undefined) return problem;
    if (await this.passwords.matches(user.id, password)) return 'same';
    const prepared = await this.passwords.prepare(password);
    await this.transactions.run(async () => {
      await this.passwords.set(user.id, prepared, {
        signInId: pending.id,
        restsOnMailbox: (await this.needs.restsOnMailbox(pending)) && provenKinds(pending).length === 0,
      });
      const requiredActions = user.requiredActions.filter((action) => action !== 'change_password');
      await this.users.update(user.id, { requiredActions });
    });
    return undefined;
  }
}
