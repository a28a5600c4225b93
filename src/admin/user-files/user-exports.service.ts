import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';
import { UsersService } from '#users/index.js';
import { UserAnswers } from '../rest/user-answers.service.js';
import { cellsOf, COLUMNS } from './csv-cells.js';
import type { UserFileFormat } from './user-lines.js';

const PAGE_LENGTH = 200;

/** What an export holds besides. */
export interface ExportChoices {
  readonly format: UserFileFormat;
  readonly passwordHashes: boolean;
}

/** Members that say when and how a record came about, not what it is. */
const LEFT_OUT = ['admin_role', 'effective_groups', 'accepted_terms', 'created_at', 'updated_at'];

/** Writes all users to a file that an import reads, page by page. */
@Injectable()
export class UserExports {
  constructor(
    private readonly users: UsersService,
    private readonly answers: UserAnswers,
    private readonly passwords: PasswordsService,
  ) {}

  /** The text of the file, in pieces. */
  async *run({ format, passwordHashes }: ExportChoices): AsyncIterable<string> {
    const columns = COLUMNS.filter(({ name }) => name !== 'password' && (passwordHashes || name !== 'password_hash'));
    const { stringify } = await import('csv-stringify/sync');
    if (format === 'csv') yield stringify([columns.map(({ name }) => name)]);
    for await (const page of this.pages(passwordHashes)) {
      if (format === 'csv') yield stringify(page.map((user) => cellsOf(user, columns)));
      else yield page.map((user) => `${JSON.stringify(user)}\n`).join('');
    }
  }

  private async *pages(passwordHashes: boolean): AsyncIterable<object[]> {
    let cursor: string | undefined;
    do {
      const page = await this.users.list({}, { limit: PAGE_LENGTH, cursor });
      const { items } = await this.answers.page(page);
      yield await Promise.all(items.map((user) => this.written(user, passwordHashes)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private async written(user: { readonly id: string }, passwordHashes: boolean): Promise<object> {
    const hash = passwordHashes ? await this.passwords.hashOf(user.id) : undefined;
    const members = Object.entries(user).filter(([name]) => !LEFT_OUT.includes(name));
    return { ...Object.fromEntries(members), ...(hash === undefined ? {} : { password_hash: hash }) };
  }
}
