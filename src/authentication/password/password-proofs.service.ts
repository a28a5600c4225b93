import { Injectable } from '@nestjs/common';
import type { User } from '#users/index.js';
import { DirectorySignIns } from '../ldap/directory-sign-ins.service.js';
import { PasswordsService } from './passwords.service.js';

/** What was typed. */
interface TypedPassword {
  readonly username: string;
  readonly password: string;
}

/** Compares passwords with what is kept here, or lets the directory do so that somebody comes from. */
@Injectable()
export class PasswordProofs {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly directories: DirectorySignIns,
  ) {}

  /** Who has proven to be themselves and may sign in: the user who has the name here, or somebody new from a directory. */
  async of({ username: login, password }: TypedPassword, user: User | undefined): Promise<User | undefined> {
    if (!(await this.directories.decides(user))) {
      const matches = await this.passwords.matches(user?.id, password);
      if (matches && user?.status === 'active') return user;
      await this.directories.askForNobody();
      return undefined;
    }
    // The work of a comparison here as well, so that names that nobody has cost no less than others.
    await this.passwords.matches(undefined, password);
    return this.directories.signIn({ login, password, user });
  }
}
