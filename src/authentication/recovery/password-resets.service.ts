import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { UsersService, type User } from '#users/index.js';
import type { ActionLink } from '../links/action-link.js';
import { verified } from '../addresses/email-verifications.service.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';
import { PasswordsService, type PreparedPassword } from '../password/passwords.service.js';
import type { ResetRequest } from '../requests/account-request.js';
import { ResetMails } from './reset-mails.service.js';

const PURPOSE = 'reset-password';

/** A link with which a new password can be chosen, and whose. */
export interface OpenReset {
  readonly link: ActionLink<typeof PURPOSE>;
  readonly user: User;
}

/** Choosing a new password by a link in a mail. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly links: ActionLinks,
    private readonly mails: ResetMails,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** Writes to the address of whoever is meant, if there is somebody; nobody waits for it. */
  async fulfil({ login, locale, interaction }: ResetRequest): Promise<void> {
    const user = await this.users.findByLogin(login);
    if (user?.status !== 'active' || user.claims.email === undefined) return;
    if (!(await this.mails.admits(user.claims.email))) return;
    await this.transactions.run(async () => {
      await this.mails.send(user, { locale, interaction });
      await this.events.publish('user.reset_requested', { userId: user.id });
    });
  }

  /** Whose password the link is for; changes nothing. */
  async open(token: string): Promise<OpenReset | undefined> {
    return this.resetFor(await this.links.find(PURPOSE, token));
  }

  /** Sets the password, once; with it sessions, refresh tokens and all other links of the user end. */
  complete(token: string, password: PreparedPassword): Promise<OpenReset | undefined> {
    return unlessGone(() =>
      this.transactions.run(async () => {
        const reset = await this.resetFor(await this.links.consume(PURPOSE, token));
        if (reset === undefined) throw new LinkGone();
        const { user } = reset;
        await this.passwords.set(user.id, password, { restsOnMailbox: true });
        // Whoever read the mail has the address.
        if (user.claims.email_verified !== true) await this.noteVerified(user);
        return reset;
      }),
    );
  }

  private async noteVerified(user: User): Promise<void> {
    await this.users.update(user.id, verified(user));
    await this.events.publish('user.email_verified', { userId: user.id });
  }

  /** A link counts for the address that the account has now, and for no other. */
  private async resetFor(link: ActionLink<typeof PURPOSE> | undefined): Promise<OpenReset | undefined> {
    const user = link?.userId === undefined ? undefined : await this.users.find(link.userId);
    if (link === undefined || user?.status !== 'active' || user.claims.email !== link.address) return undefined;
    return { link, user };
  }
}
