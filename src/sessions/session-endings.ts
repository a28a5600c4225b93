import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { SessionsService } from './sessions.service.js';

/** Ends sessions when what they rest on ends, inside the transaction that ends it. */
@Injectable()
export class SessionEndings {
  constructor(private readonly sessions: SessionsService) {}

  @OnEvent('user.deactivated')
  async userDeactivated({ userId }: EventCatalogue['user.deactivated']): Promise<void> {
    await this.sessions.endAll(userId);
  }

  @OnEvent('user.deleted')
  async userDeleted({ userId }: EventCatalogue['user.deleted']): Promise<void> {
    await this.sessions.endAll(userId);
  }

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.sessions.endAll(userId);
  }

  @OnEvent('user.password_changed')
  async passwordChanged(changed: EventCatalogue['user.password_changed']): Promise<void> {
    const { userId, exceptSessionId, othersStay } = changed;
    if (othersStay !== true) await this.sessions.endAll(userId, exceptSessionId);
  }
}
