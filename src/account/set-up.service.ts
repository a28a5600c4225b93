import { Injectable } from '@nestjs/common';
import { PasswordsService, SetUpLinks } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { ADMINISTRATORS_GROUP, UsersService, type UserRefusal } from '#users/index.js';
import type { SetUpProblem } from '#views/index.js';
import { missingFields, refusedFields, type SetUpFields } from './set-up-form.js';

/** What came of setting up. */
type SetUpOutcome =
  | { readonly outcome: 'done'; readonly userId: string }
  | { readonly outcome: 'refused'; readonly problems: readonly SetUpProblem[] }
  | { readonly outcome: 'link-gone' };

class LinkGone extends Error {}

class Refused extends Error {
  constructor(readonly refusal: UserRefusal) {
    super('the user cannot be made');
  }
}

/** Makes the first administrator, once, for whoever holds the link. */
@Injectable()
export class SetUp {
  constructor(
    private readonly links: SetUpLinks,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly transactions: Transactions,
  ) {}

  isOpen(token: string): Promise<boolean> {
    return this.links.isLive(token);
  }

  /** All or nothing: a form that is refused leaves the link as it was. */
  async complete(token: string, fields: SetUpFields): Promise<SetUpOutcome> {
    if (!(await this.links.isLive(token))) return { outcome: 'link-gone' };
    const problems = await this.problems(fields);
    if (problems.length > 0) return { outcome: 'refused', problems };
    const password = await this.passwords.prepare(fields.password);
    try {
      const userId = await this.transactions.run(() => this.make(token, fields, password));
      return { outcome: 'done', userId };
    } catch (error) {
      if (error instanceof LinkGone) return { outcome: 'link-gone' };
      if (error instanceof Refused) return { outcome: 'refused', problems: refusedFields(error.refusal) };
      throw error;
    }
  }

  private async problems(fields: SetUpFields): Promise<SetUpProblem[]> {
    const missing = missingFields(fields);
    if (fields.password === '') return missing;
    const kind = await this.passwords.problem(fields.password, { username: fields.email, email: fields.email });
    return kind === undefined ? missing : [...missing, { field: 'password', kind }];
  }

  private async make(
    token: string,
    { email, name }: SetUpFields,
    password: Awaited<ReturnType<PasswordsService['prepare']>>,
  ): Promise<string> {
    if (!(await this.links.consume(token))) throw new LinkGone();
    const creation = await this.users.create({
      username: email,
      claims: { email, name },
      groups: [ADMINISTRATORS_GROUP],
      adminRole: 'owner',
    });
    if (creation.outcome !== 'created') throw new Refused(creation);
    await this.passwords.set(creation.user.id, password);
    return creation.user.id;
  }
}
