import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { FederatedIdentities } from './federated-identities.service.js';

/** Ends links to accounts elsewhere that an intruder may have made, inside the transaction in which the account is given back. */
@Injectable()
export class DoubtedLinks {
  constructor(private readonly identities: FederatedIdentities) {}

  @OnEvent('sign_in.not_me')
  async notMe({ userId, since }: EventCatalogue['sign_in.not_me']): Promise<void> {
    for (const { id, createdAt } of await this.identities.listByUser(userId)) {
      if (createdAt >= new Date(since)) await this.identities.unlink(userId, id);
    }
  }
}
