import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { KnownBrowsersRepository } from './known-browsers.repository.js';

/** Forgets the browsers of a user whose password changed: whoever knew the old one is not trusted any longer. */
@Injectable()
export class KnownBrowserEndings {
  constructor(private readonly browsers: KnownBrowsersRepository) {}

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.browsers.forget(userId);
  }

  @OnEvent('user.password_changed')
  async passwordChanged({ userId }: EventCatalogue['user.password_changed']): Promise<void> {
    await this.browsers.forget(userId);
  }
}
