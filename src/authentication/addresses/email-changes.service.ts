import { Injectable } from '@nestjs/common';
import { canonicalName, UsersService, type User, type UserChanges } from '#users/index.js';
import { Transactions } from '#platform/database/index.js';
import { Mails } from '#mails/index.js';
import { addressInUseMail, changeEmailMail, emailChangedMail } from '#views/index.js';
import { ActionLinks } from '../links/action-links.service.js';
import { LinkMails } from '../links/link-mails.service.js';
import { LinkGone, unlessGone } from '../links/link-gone.js';
import { NoticeMails } from '../notices/notice-mails.service.js';
import type { ChangeEmailRequest } from '../requests/account-request.js';

const LIFETIME_SECONDS = 1800;
const PURPOSE = 'change-email';

/** What came of confirming a new address. */
export type EmailChange = 'changed' | 'taken';

class Taken extends Error {}

/** Giving an account another address, once its user has shown that it is theirs. */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly users: UsersService,
    private readonly links: ActionLinks,
    private readonly mails: Mails,
    private readonly linkMails: LinkMails,
    private readonly notices: NoticeMails,
    private readonly transactions: Transactions,
  ) {}

  /** Sends the link to the new address, or tells its owner that it is in use; the asking user sees no difference. */
  async fulfil({ userId, address, locale }: ChangeEmailRequest): Promise<void> {
    const user = await this.users.find(userId);
    if (user?.status !== 'active' || !(await this.linkMails.admits(address))) return;
    const owner = await this.users.findByLogin(address);
    await this.transactions.run(async () => {
      if (owner !== undefined && owner.id !== userId) {
        await this.tellOwner(owner);
        return;
      }
      const lifetimeSeconds = LIFETIME_SECONDS;
      await this.linkMails.send(
        changeEmailMail,
        { purpose: PURPOSE, userId, address, data: {}, lifetimeSeconds },
        { locale, timeZone: user.claims.zoneinfo, path: '/confirm-email?change=', lifetimeSeconds },
      );
    });
  }

  private async tellOwner({ claims: { email, locale } }: User): Promise<void> {
    if (email !== undefined) await this.mails.send(addressInUseMail, { to: email, locale });
  }

  /** The address that the link would give its account; changes nothing. */
  async open(token: string): Promise<string | undefined> {
    return (await this.links.find(PURPOSE, token))?.address;
  }

  /** Gives the account the address, once. */
  async complete(token: string): Promise<EmailChange | undefined> {
    try {
      return await unlessGone(() => this.transactions.run(() => this.change(token)));
    } catch (error) {
      if (error instanceof Taken) return 'taken';
      throw error;
    }
  }

  /** Whoever reads the mails of the old address can say that it was somebody else. */
  private async tellFormer(user: User): Promise<void> {
    const { email: address, email_verified: verified = false } = user.claims;
    if (address !== undefined) await this.notices.tellFormerAddress(user, { address, verified }, emailChangedMail, {});
  }

  private async change(token: string): Promise<EmailChange> {
    const link = await this.links.consume(PURPOSE, token);
    const user = link?.userId === undefined ? undefined : await this.users.find(link.userId);
    if (link === undefined || user?.status !== 'active') throw new LinkGone();
    const { outcome } = await this.users.update(user.id, changesTo(user, link.address));
    if (outcome === 'taken') throw new Taken();
    if (outcome !== 'updated') throw new LinkGone();
    await this.tellFormer(user);
    return 'changed';
  }
}

/** Whoever signs in with their address goes on doing so. */
export function changesTo({ username, claims }: User, address: string): UserChanges {
  const namedByAddress = claims.email !== undefined && canonicalName(username) === canonicalName(claims.email);
  return { claims: { email: address, email_verified: true }, ...(namedByAddress ? { username: address } : {}) };
}
