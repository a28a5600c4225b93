import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { UsersService, type User } from '#users/index.js';
import { negotiateLocale, Places, type MailTemplate, type NoticeModel } from '#views/index.js';
import { LinkMails, type LinkLetter } from '../links/link-mails.service.js';
import { whereabouts, type Whereabouts } from './whereabouts.js';

/** Long enough for whoever reads mails once a week. */
const LIFETIME_SECONDS = 7 * 86_400;

/** Writes to users what was done in their accounts, each with a link to say that it was somebody else. */
@Injectable()
export class NoticeMails {
  constructor(
    private readonly users: UsersService,
    private readonly linkMails: LinkMails,
    private readonly places: Places,
    private readonly clock: Clock,
  ) {}

  /** Writes to the present address of a user, inside the caller's transaction; those without one get nothing. */
  async tell<M extends NoticeModel>(
    userId: string,
    template: MailTemplate<M>,
    more: Omit<M, keyof NoticeModel>,
    from?: Whereabouts,
  ): Promise<void> {
    const user = await this.users.find(userId);
    const { email, email_verified: verified = false } = user?.claims ?? {};
    if (user?.status !== 'active' || email === undefined) return;
    await this.write(user, { address: email, verified }, template, { more, from });
  }

  /** Writes to an address that the user has had until now. */
  async tellFormerAddress<M extends NoticeModel>(
    user: User,
    former: { readonly address: string; readonly verified: boolean },
    template: MailTemplate<M>,
    more: Omit<M, keyof NoticeModel>,
  ): Promise<void> {
    await this.write(user, former, template, { more });
  }

  private async write<M extends NoticeModel>(
    { id: userId, claims }: User,
    { address, verified }: { readonly address: string; readonly verified: boolean },
    template: MailTemplate<M>,
    {
      more,
      from = whereabouts(userId),
    }: { readonly more: Omit<M, keyof NoticeModel>; readonly from?: Whereabouts | undefined },
  ): Promise<void> {
    const place = this.places.nameOf(from.address, negotiateLocale({ userLocale: claims.locale }));
    const happening = { ...from, place, at: this.clock.now() };
    await this.linkMails.send(
      template,
      { purpose: 'not-me', userId, address, data: { verified }, lifetimeSeconds: LIFETIME_SECONDS },
      { ...more, happening, path: '/not-me?token=', locale: claims.locale, timeZone: claims.zoneinfo } as LinkLetter<M>,
    );
  }
}
