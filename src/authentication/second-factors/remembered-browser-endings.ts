import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';

/** Forgets the browsers of a user when what they were trusted for is another thing now. */
@Injectable()
export class RememberedBrowserEndings {
  constructor(private readonly browsers: RememberedBrowsers) {}

  @OnEvent('user.password_changed')
  async passwordChanged({ userId }: EventCatalogue['user.password_changed']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }

  @OnEvent('user.deactivated')
  async deactivated({ userId }: EventCatalogue['user.deactivated']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }

  @OnEvent('factor.added')
  async factorAdded({ userId }: EventCatalogue['factor.added']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }

  @OnEvent('factor.removed')
  async factorRemoved({ userId }: EventCatalogue['factor.removed']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }

  @OnEvent('factor.used_recovery_code')
  async recoveryCodeUsed({ userId }: EventCatalogue['factor.used_recovery_code']): Promise<void> {
    await this.browsers.forgetAll(userId);
  }
}
