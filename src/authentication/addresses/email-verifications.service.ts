import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { UsersService, type User, type UserChanges } from '#users/index.js';
import { verifyEmailMail } from '#views/index.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkMails } from '../links/link-mails.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';

const LIFETIME_SECONDS = 1800;
const PURPOSE = 'verify-email';

/** Showing that the address of an account is its user's. */
@Injectable()
export class EmailVerifications {
  constructor(
    private readonly users: UsersService,
    private readonly links: ActionLinks,
    private readonly linkMails: LinkMails,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** Sends the link to the address that is stored; false when it was sent too often already. */
  async send({ id: userId, claims }: User, locale: string): Promise<boolean> {
    const { email: address } = claims;
    if (address === undefined || !(await this.linkMails.admits(address))) return false;
    const lifetimeSeconds = LIFETIME_SECONDS;
    await this.transactions.run(() =>
      this.linkMails.send(
        verifyEmailMail,
        { purpose: PURPOSE, userId, address, data: {}, lifetimeSeconds },
        { locale, timeZone: claims.zoneinfo, path: '/confirm-email?token=', lifetimeSeconds },
      ),
    );
    return true;
  }

  /** The address that the link confirms; changes nothing. */
  async open(token: string): Promise<string | undefined> {
    const link = await this.links.find(PURPOSE, token);
    const user = link?.userId === undefined ? undefined : await this.users.find(link.userId);
    return user?.claims.email === link?.address ? link?.address : undefined;
  }

  /** Notes that the address is the user's, once and only while it is the account's. */
  complete(token: string): Promise<string | undefined> {
    return unlessGone(() =>
      this.transactions.run(async () => {
        const link = await this.links.consume(PURPOSE, token);
        const user = link?.userId === undefined ? undefined : await this.users.find(link.userId);
        if (link === undefined || user?.claims.email !== link.address) throw new LinkGone();
        await this.users.update(user.id, verified(user));
        await this.events.publish('user.email_verified', { userId: user.id });
        return link.address;
      }),
    );
  }
}

/** What an address that was confirmed changes: with it, what an administrator demanded is done. */
export function verified({ requiredActions }: User): UserChanges {
  return {
    claims: { email_verified: true },
    requiredActions: requiredActions.filter((action) => action !== 'verify_email'),
  };
}
