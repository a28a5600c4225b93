import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SecretBox } from '#platform/crypto/index.js';
import { Outbox, OutboxCourier, type OutboxCatalogue } from '#platform/events/index.js';
import { EmailChanges } from '../addresses/email-changes.service.js';
import { PasswordResets } from '../recovery/password-resets.service.js';
import { SignUps } from '../sign-up/sign-ups.service.js';
import type { AccountRequest } from './account-request.js';

const TOPIC = 'account-request';

/**
 * Takes what is answered by mail alone. A request is only written down, which is the same work whoever asks; whether
 * there is an account is looked up afterwards, when nobody waits for it.
 */
@Injectable()
export class AccountRequests implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly courier: OutboxCourier,
    private readonly box: SecretBox,
    private readonly resets: PasswordResets,
    private readonly signUps: SignUps,
    private readonly emailChanges: EmailChanges,
  ) {}

  onModuleInit(): void {
    this.courier.carry(TOPIC, async (payload) => {
      await this.fulfil(this.open(payload));
      return { outcome: 'delivered' };
    });
  }

  async take(request: AccountRequest): Promise<void> {
    await this.outbox.add(TOPIC, request.kind, { sealed: this.box.seal(JSON.stringify(request), TOPIC) });
  }

  private open({ sealed }: OutboxCatalogue[typeof TOPIC]): AccountRequest {
    return JSON.parse(this.box.open(sealed, TOPIC)) as AccountRequest;
  }

  private fulfil(request: AccountRequest): Promise<void> {
    switch (request.kind) {
      case 'reset-password':
        return this.resets.fulfil(request);
      case 'sign-up':
        return this.signUps.fulfil(request);
      case 'change-email':
        return this.emailChanges.fulfil(request);
    }
  }
}
