import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { Mails } from '#mails/index.js';
import { UsersService, type User } from '#users/index.js';
import { verifyEmailMail } from '#views/index.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';
import { MailThrottle } from '../throttling/mail-throttle.js';

const LIFETIME_SECONDS = 1800;
const PURPOSE = 'verify-email';

/** Showing that the address of an account is its user's. */
@Injectable()
export class EmailVerifications {
  constructor(
    private readonly users: UsersService,
    private readonly links: ActionLinks,
    private readonly mails: Mails,
    private readonly throttle: MailThrottle,
    private readonly transactions: Transactions,
  ) {}

  /** Sends the link to the address that is stored; false when it was sent too often already. */
  async send({ id: userId, claims }: User, locale: string): Promise<boolean> {
    const { email: address } = claims;
    if (address === undefined || !(await this.throttle.admitsMailTo(address))) return false;
    await this.transactions.run(async () => {
      const lifetimeSeconds = LIFETIME_SECONDS;
      const token = await this.links.issue({ purpose: PURPOSE, userId, address, data: {}, lifetimeSeconds });
      const path = `/confirm-email?token=${token}`;
      await this.mails.send(verifyEmailMail, { to: address, locale, timeZone: claims.zoneinfo, path, lifetimeSeconds });
    });
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
        await this.users.update(user.id, { claims: { email_verified: true } });
        return link.address;
      }),
    );
  }
}
