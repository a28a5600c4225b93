import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { UsersService, type User } from '#users/index.js';
import { changesTo } from '../addresses/email-changes.service.js';
import type { ActionLink } from '../links/action-link.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';
import { PasswordsService } from '../password/passwords.service.js';
import { ResetMails } from '../recovery/reset-mails.service.js';

const PURPOSE = 'not-me';
/** What a notice tells of happened so long before it was written, at most. */
const SHORTLY_BEFORE_MS = 60_000;

/** Gives an account back to whoever says, by the link of a notice, that something in it was not done by them. */
@Injectable()
export class AccountRescues {
  constructor(
    private readonly users: UsersService,
    private readonly links: ActionLinks,
    private readonly passwords: PasswordsService,
    private readonly resetMails: ResetMails,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** The address that the way back is sent to; changes nothing. */
  async open(token: string): Promise<string | undefined> {
    return (await this.links.find(PURPOSE, token))?.address;
  }

  /** Ends everything that anybody could use, takes the password away, and sends the link for a new one; once. */
  complete(token: string): Promise<string | undefined> {
    return unlessGone(() => this.transactions.run(() => this.rescue(token)));
  }

  private async rescue(token: string): Promise<string> {
    const link = await this.links.consume(PURPOSE, token);
    if (link?.userId === undefined) throw new LinkGone();
    // Whoever got in cannot write between what is read of the account now and what is written.
    await this.users.hold(link.userId);
    const user = await this.users.find(link.userId);
    if (user?.status !== 'active') throw new LinkGone();
    const owner = await this.withFormerAddress(user, link);
    await this.passwords.takeAway(user.id);
    const since = new Date(link.createdAt.getTime() - SHORTLY_BEFORE_MS);
    await this.events.publish('sign_in.not_me', { userId: user.id, since: since.toISOString() });
    // Whoever got in sent notices to an address of theirs; the earlier a notice, the surer its reader.
    await this.links.endLater(link);
    await this.resetMails.send(owner, { secured: true });
    return link.address;
  }

  /** The address that the link was sent to is the account's again, if it was confirmed and nobody has it now. */
  private async withFormerAddress(user: User, { address, data }: ActionLink<typeof PURPOSE>): Promise<User> {
    if (user.claims.email === address || !data.verified) return user;
    const update = await this.users.update(user.id, changesTo(user, address));
    return update.outcome === 'updated' ? update.user : user;
  }
}
