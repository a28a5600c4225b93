import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { factorChangedMail, newDeviceMail, passwordChangedMail } from '#views/index.js';
import { FirstSignInsRepository } from './first-sign-ins.repository.js';
import { NoticeMails } from './notice-mails.service.js';

/** Tells users by mail what was done in their accounts, in the transaction that did it. */
@Injectable()
export class Notices {
  constructor(
    private readonly mails: NoticeMails,
    private readonly settings: CompanySettingsService,
    private readonly firstSignIns: FirstSignInsRepository,
  ) {}

  @OnEvent('user.signed_in')
  async signedIn(event: EventCatalogue['user.signed_in']): Promise<void> {
    const { userId, address, userAgent, knownBrowser } = event;
    if (knownBrowser !== false || (await this.firstSignIns.isFirst(userId))) return;
    if (!(await this.settings.current()).noticeNewDevice) return;
    await this.mails.tell(userId, newDeviceMail, {}, { address, userAgent });
  }

  @OnEvent('identity.linked')
  async linked({ userId }: EventCatalogue['identity.linked']): Promise<void> {
    // The link that comes with the account is no change.
    if (await this.firstSignIns.isKnown(userId)) await this.relinked(userId, 'added');
  }

  @OnEvent('identity.unlinked')
  async unlinked({ userId }: EventCatalogue['identity.unlinked']): Promise<void> {
    await this.relinked(userId, 'removed');
  }

  @OnEvent('user.password_changed')
  async passwordChanged({ userId }: EventCatalogue['user.password_changed']): Promise<void> {
    // The password that comes with the account is no change.
    if (await this.firstSignIns.isKnown(userId)) await this.mails.tell(userId, passwordChangedMail, {});
  }

  private async relinked(userId: string, change: 'added' | 'removed'): Promise<void> {
    await this.mails.tell(userId, factorChangedMail, { change, factor: 'identity' });
  }
}
