import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { OutboxCourier, type DeliveryOutcome, type OutboxCatalogue } from '#platform/events/index.js';
import { WebhookHealth } from './webhook-health.service.js';
import { testMessage } from './webhook-message.js';
import type { WebhookOutcome } from './webhook-outcome.js';
import { WebhookPost } from './webhook-post.js';
import { webhookFrom, type Webhook } from './webhook.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** For how long one can look up what a webhook took. */
const KEPT_DAYS = 7;

/** Tells webhooks what happened, signed, by whichever process gets to it (Standard Webhooks). */
@Injectable()
export class WebhookSender implements OnModuleInit {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly courier: OutboxCourier,
    private readonly post: WebhookPost,
    private readonly health: WebhookHealth,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  onModuleInit(): void {
    this.courier.carry('webhook', (payload) => this.deliver(payload), { deliveredKeptDays: KEPT_DAYS });
  }

  /** Sends a test to a webhook, whether or not it is active, once. */
  async test(webhook: Webhook): Promise<{ readonly messageId: string; readonly delivery: DeliveryOutcome }> {
    const message = testMessage(webhook.id, this.random.id(), this.clock.now());
    const { delivery } = await this.post.send(webhook, message);
    return { messageId: message.id, delivery };
  }

  private async deliver({ webhookId, ...message }: OutboxCatalogue['webhook']): Promise<DeliveryOutcome> {
    const row = await this.webhooks.find(webhookId);
    if (row === null) return { outcome: 'failed', detail: 'the webhook is gone' };
    const webhook = webhookFrom(row);
    if (webhook.status !== 'active') return { outcome: 'failed', detail: 'the webhook is disabled' };
    const outcome = await this.post.send(webhook, message);
    await this.note(webhook, outcome);
    return outcome.delivery;
  }

  /** What has not changed is not written: most webhooks work. */
  private async note({ id, failingSince }: Webhook, { reception }: WebhookOutcome): Promise<void> {
    if (reception === 'gone') await this.health.gone(id);
    else if (reception !== 'taken') await this.health.refused(id);
    else if (failingSince !== undefined) await this.health.took(id);
  }
}
