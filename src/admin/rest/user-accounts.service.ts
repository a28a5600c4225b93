import { Injectable } from '@nestjs/common';
import {
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  PasswordsService,
  type PasswordProblem,
} from '#authentication/index.js';
import { ClientsService } from '#clients/index.js';
import { isUniqueViolation, Transactions } from '#platform/database/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { UsersService, type UserChanges, type UserCreation, type UserInput, type UserUpdate } from '#users/index.js';

const PASSWORD_PROBLEMS: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `must have at least ${MIN_PASSWORD_LENGTH} characters`,
  'too-long': `must not have more than ${MAX_PASSWORD_LENGTH} characters`,
  'too-common': 'is one of those that are guessed first',
  'too-similar': 'must not be the name or address it belongs to',
  leaked: 'is in a published list of leaked passwords',
};

/** What may be fixed when a user is added. */
export interface NewAccountOptions {
  readonly id?: string | undefined;
  readonly password?: string | undefined;
}

/** Users together with their passwords, written as one. */
@Injectable()
export class UserAccounts {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly clients: ClientsService,
    private readonly transactions: Transactions,
  ) {}

  /** Says what would be refused, whether names are free aside, without writing anything. */
  async problems(input: UserInput, { id, password }: NewAccountOptions): Promise<FieldProblem[]> {
    return [
      ...(await this.users.problems(input, id)),
      ...(await this.passwordProblems(password, input)),
      ...(await this.idProblems(id)),
    ];
  }

  /** Adds a user; the slow hash of the password is made before anything is written. */
  async create(input: UserInput, options: NewAccountOptions = {}): Promise<UserCreation> {
    const problems = await this.problems(input, options);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const prepared = options.password === undefined ? undefined : await this.passwords.prepare(options.password);
    try {
      return await this.transactions.run(async () => {
        const result = await this.users.create(input, { id: options.id });
        if (result.outcome === 'created' && prepared !== undefined) await this.passwords.set(result.user.id, prepared);
        return result;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken', pointer: '#/username' };
      throw error;
    }
  }

  /** Changes a user and, when one is given, the password. */
  async update(id: string, changes: UserChanges, password: string | undefined, readAt: Date): Promise<UserUpdate> {
    const owner = { username: changes.username ?? '', claims: { email: changes.claims?.email ?? undefined } };
    const problems = await this.passwordProblems(password, owner);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const prepared = password === undefined ? undefined : await this.passwords.prepare(password);
    return this.transactions.run(async () => {
      const result = await this.users.update(id, changes, readAt);
      if (result.outcome === 'updated' && prepared !== undefined) await this.passwords.set(id, prepared);
      return result;
    });
  }

  /** Says why the owner may not have this password, which an administrator or the operator hands out. */
  async passwordProblems(
    password: string | undefined,
    owner: { readonly username: string; readonly claims?: { readonly email?: string | undefined } | undefined },
  ): Promise<FieldProblem[]> {
    if (password === undefined) return [];
    const names = { username: owner.username, email: owner.claims?.email };
    const problem = await this.passwords.problem(password, names, 'assigned');
    return problem === undefined ? [] : [{ pointer: '#/password', detail: PASSWORD_PROBLEMS[problem] }];
  }

  // RFC 9700 §4.15: a user must not be taken for a client, so they share no id.
  private async idProblems(id: string | undefined): Promise<FieldProblem[]> {
    if (id === undefined || (await this.clients.find(id)) === undefined) return [];
    return [{ pointer: '#/id', detail: 'is the id of a client' }];
  }
}
