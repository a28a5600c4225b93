import { Injectable } from '@nestjs/common';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { PasskeysService } from './passkeys.service.js';

/**
 * Doubts passkeys that an intruder may have made, inside the transaction in which the account is given back. They stay
 * what they are next to the new password: whoever reads the mailbox alone must not end a second factor.
 */
@Injectable()
export class DoubtedPasskeys {
  constructor(private readonly passkeys: PasskeysService) {}

  @OnEvent('sign_in.not_me')
  async notMe({ userId, since }: EventCatalogue['sign_in.not_me']): Promise<void> {
    await this.passkeys.doubt(userId, new Date(since));
  }
}
