import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { ActionLinks } from './action-links.service.js';

/** Ends links that were sent to whoever had the password or the address before. */
@Injectable()
export class ActionLinkEndings {
  constructor(private readonly links: ActionLinks) {}

  @OnEvent('user.password_changed')
  async passwordChanged({ userId }: EventCatalogue['user.password_changed']): Promise<void> {
    await this.links.endAll(userId);
  }

  @OnEvent('user.email_changed')
  async emailChanged({ userId }: EventCatalogue['user.email_changed']): Promise<void> {
    await this.links.endAll(userId);
  }

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.links.endAll(userId);
  }

  @OnEvent('user.deactivated')
  async deactivated({ userId }: EventCatalogue['user.deactivated']): Promise<void> {
    await this.links.endAll(userId);
  }
}
