import { Injectable } from '@nestjs/common';
import { DirectorySignIns, FactorInventory, MAILBOX, PasswordsService, provenKinds } from '#authentication/index.js';
import type { NewPasswordProblem } from '#views/index.js';
import type { Visit } from './visit.js';

/** What somebody chose on the page of their password. */
export interface ChosenPassword {
  readonly password: string;
  readonly endsOthers: boolean;
}

/** Lets users choose a new password, of which a notice is sent. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly directories: DirectorySignIns,
    private readonly inventory: FactorInventory,
  ) {}

  /** Whether the password is in a directory of the company, where alone it is changed. */
  areElsewhere({ user }: Visit): Promise<boolean> {
    return this.directories.decides(user);
  }

  /** Why it cannot be the password; nothing once it is. */
  async make(
    { user, session }: Visit,
    { password, endsOthers }: ChosenPassword,
  ): Promise<NewPasswordProblem | undefined> {
    if (password === '') return 'missing';
    const { username, claims } = user;
    const problem = await this.passwords.problem(password, { username, email: claims.email });
    if (problem !== undefined) return problem;
    const restsOn = { amr: session.amr, byMailbox: session.factors.includes(MAILBOX) };
    const prepared = await this.passwords.prepare(password);
    await this.passwords.set(user.id, prepared, {
      sessionId: session.id,
      othersStay: !endsOthers,
      restsOnMailbox: provenKinds(session).length === 0 && (await this.inventory.restsOnMailbox(user.id, restsOn)),
    });
    return undefined;
  }
}
