import { Injectable, Logger } from '@nestjs/common';
import { UsersService, type User } from '#users/index.js';
import type { Directory } from './directory.js';
import { DirectoriesRepository } from './directories.repository.js';
import { DirectoryAccountsRepository } from './directory-accounts.repository.js';
import { DirectoryPeople } from './directory-people.service.js';
import { DirectorySearch } from './directory-search.js';

/** What somebody typed, and the user here who has that name, if there is one. */
export interface DirectoryAttempt {
  readonly login: string;
  readonly password: string;
  readonly user: User | undefined;
}

/** Signs in people whose password is in a directory: found there, bound there, and known here from then on. */
@Injectable()
export class DirectorySignIns {
  readonly #logger = new Logger('ldap');

  constructor(
    private readonly directories: DirectoriesRepository,
    private readonly accounts: DirectoryAccountsRepository,
    private readonly search: DirectorySearch,
    private readonly people: DirectoryPeople,
    private readonly users: UsersService,
  ) {}

  /** Whether a directory has the say about the password: of its own people, and of names that nobody has here. */
  async decides(user: User | undefined): Promise<boolean> {
    if ((await this.directories.known()).length === 0) return false;
    return user === undefined || (await this.accounts.of(user.id)) !== undefined;
  }

  /** Whether a directory lets the user in by a password there; undefined for a user who comes from none. */
  async vouchesFor(userId: string): Promise<boolean | undefined> {
    const account = await this.accounts.of(userId);
    if (account === undefined) return undefined;
    return (await this.directories.known()).some(({ id, enabled }) => enabled && id === account.directoryId);
  }

  /** The user, as the directory says they are now; undefined when it does not vouch for them. */
  async signIn({ login, password, user }: DirectoryAttempt): Promise<User | undefined> {
    const account = user && (await this.accounts.of(user.id));
    const known = (await this.directories.known()).filter(({ enabled }) => enabled);
    if (account === undefined) return this.newcomer(known, login, password);
    const directory = known.find(({ id }) => id === account.directoryId);
    if (directory === undefined) return undefined;
    const answer = await this.search.prove(directory, { stableId: account.stableId }, password);
    if (answer.outcome === 'proven') return this.people.refreshed(directory, account, answer);
    // Whoever left is out at once, not only at the end of a session.
    if (answer.outcome === 'absent' || answer.person.disabled) await this.people.disable(account);
    return undefined;
  }

  /** The work of somebody whom no directory knows, so that a name that is somebody's here costs no less; what was typed is told nobody. */
  async askForNobody(): Promise<void> {
    for (const directory of (await this.directories.known()).filter(({ enabled }) => enabled)) {
      await this.search.pretend(directory);
    }
  }

  private async newcomer(
    directories: readonly Directory[],
    login: string,
    password: string,
  ): Promise<User | undefined> {
    for (const directory of directories) {
      const answer = await this.search.prove(directory, { login }, password);
      if (answer.outcome === 'absent') continue;
      if (answer.outcome === 'refused' || answer.person.disabled) return undefined;
      const account = await this.accounts.find(directory.id, answer.person.stableId);
      // Renamed there: known here by the old name.
      if (account !== undefined) return this.people.refreshed(directory, account, answer);
      const userId = await this.people.welcome(directory, answer);
      if (userId === undefined)
        this.#logger.warn(`somebody of ${directory.name} has a name that is somebody else's here`);
      return userId === undefined ? undefined : this.users.find(userId);
    }
    return undefined;
  }
}
