import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import { Clock } from '#platform/crypto/index.js';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { UsersService } from '#users/index.js';
import { accountDeletedMail, negotiateLocale, Places } from '#views/index.js';
import { ownWhereabouts } from './whereabouts.js';

/** Tells users at their last address that their account is gone; there is no account any more that a link could secure. */
@Injectable()
export class DepartureNotices {
  constructor(
    private readonly users: UsersService,
    private readonly mails: Mails,
    private readonly places: Places,
    private readonly clock: Clock,
  ) {}

  /** Told before the row goes, in the transaction that takes it away. */
  @OnEvent('user.deleted')
  async deleted({ userId }: EventCatalogue['user.deleted']): Promise<void> {
    const { email, locale, zoneinfo } = (await this.users.find(userId))?.claims ?? {};
    if (email === undefined) return;
    const from = ownWhereabouts(userId);
    const place = this.places.nameOf(from?.address, negotiateLocale({ userLocale: locale }));
    await this.mails.send(accountDeletedMail, {
      to: email,
      locale,
      timeZone: zoneinfo,
      by: from === undefined ? 'administrator' : 'user',
      happening: { ...from, place, at: this.clock.now() },
    });
  }
}
