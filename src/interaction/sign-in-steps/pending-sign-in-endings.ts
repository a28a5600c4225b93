import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { PendingSignInRecords } from './pending-sign-in-records.service.js';

/** Ends sign-ins under way when what they rest on ends, inside the transaction that ends it. */
@Injectable()
export class PendingSignInEndings {
  constructor(private readonly pending: PendingSignInRecords) {}

  @OnEvent('user.deactivated')
  async userDeactivated({ userId }: EventCatalogue['user.deactivated']): Promise<void> {
    await this.pending.endAll(userId);
  }

  @OnEvent('sign_in.not_me')
  async notMe({ userId }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.pending.endAll(userId);
  }

  @OnEvent('user.password_changed')
  async passwordChanged({ userId, exceptSignInId }: EventCatalogue['user.password_changed']): Promise<void> {
    await this.pending.endAll(userId, exceptSignInId);
  }
}
