import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { UsersService } from '#users/index.js';
import type { Directory, DirectoryChoices } from './directory.js';
import { DirectoryAccountsRepository } from './directory-accounts.repository.js';
import { DirectoriesRepository } from './directories.repository.js';
import { directoryProblems, type DirectoryProblem } from './directory-rules.js';

/** What became of the wish to add or change a directory. */
export type DirectoryOutcome =
  | { readonly outcome: 'written'; readonly directory: Directory }
  | { readonly outcome: 'unknown' | 'stale' }
  | { readonly outcome: 'taken'; readonly pointer: string };

/** The directories from which people come, as administrators keep them. */
@Injectable()
export class DirectoriesService {
  constructor(
    private readonly directories: DirectoriesRepository,
    private readonly accounts: DirectoryAccountsRepository,
    private readonly users: UsersService,
    private readonly transactions: Transactions,
  ) {}

  find(id: string): Promise<Directory | undefined> {
    return this.directories.find(id);
  }

  /** All of them as they were at most a moment ago. */
  known(): Promise<readonly Directory[]> {
    return this.directories.known();
  }

  list(request: PageRequest): Promise<Page<Directory>> {
    return this.directories.list(request);
  }

  /** Whether one of these users comes from the directory. */
  async letsIn(id: string, userIds: readonly string[]): Promise<boolean> {
    return userIds.length > 0 && (await this.accounts.isAny(id, userIds));
  }

  /** Tells whether a value is the password with which the directory is searched. */
  async hasBindPassword(id: string, value: string): Promise<boolean> {
    return (await this.directories.bindPassword(id)) === value;
  }

  /** Says what would be refused, without writing anything. */
  async problems(choices: DirectoryChoices): Promise<DirectoryProblem[]> {
    const problems = directoryProblems(choices);
    if (problems.some(({ pointer }) => pointer === '#/group_mapping')) return problems;
    const names = [...new Set(Object.values(choices.groups))];
    const unknown = (await this.users.problems({ username: 'somebody', groups: names })).length > 0;
    return unknown ? [...problems, { pointer: '#/group_mapping', detail: 'must name groups that exist' }] : problems;
  }

  add(choices: DirectoryChoices, bindPassword: string | undefined): Promise<DirectoryOutcome> {
    return this.written(async () => ({
      outcome: 'written',
      directory: await this.directories.add(choices, bindPassword),
    }));
  }

  /** Changes what was read; a password that is null goes, one that is not given stays. */
  change(
    read: Directory,
    choices: DirectoryChoices,
    bindPassword: string | null | undefined,
  ): Promise<DirectoryOutcome> {
    return this.written(async () => {
      if (!(await this.directories.replace(read, choices, bindPassword))) return { outcome: 'stale' };
      const directory = await this.directories.find(read.id);
      return directory === undefined ? { outcome: 'unknown' } : { outcome: 'written', directory };
    });
  }

  /** Those who came from it stay, without a way to sign in by password. */
  delete(id: string): Promise<boolean> {
    return this.transactions.run(() => this.directories.remove(id));
  }

  private async written(work: () => Promise<DirectoryOutcome>): Promise<DirectoryOutcome> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken', pointer: '#/name' };
      throw error;
    }
  }
}
