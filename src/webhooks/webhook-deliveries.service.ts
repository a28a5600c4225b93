import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#platform/database/index.js';
import { Outbox, type Carried } from '#platform/events/index.js';

/** What a webhook was told or is to be told, and how that went. */
export type WebhookDelivery = Carried<'webhook'>;

/** The log of what webhooks were told, for as long as it is kept. */
@Injectable()
export class WebhookDeliveries {
  constructor(private readonly outbox: Outbox) {}

  /** One page of the deliveries to a webhook, the newest first. */
  list(webhookId: string, request: PageRequest): Promise<Page<WebhookDelivery>> {
    return this.outbox.log('webhook', webhookId, request);
  }

  find(webhookId: string, id: string): Promise<WebhookDelivery | undefined> {
    return this.outbox.logged('webhook', webhookId, id);
  }

  /** Tells a webhook once more, under the same `webhook-id`: a delivery of its own, with attempts of its own. */
  async repeat(webhookId: string, id: string): Promise<WebhookDelivery | undefined> {
    const delivery = await this.find(webhookId, id);
    if (delivery === undefined) return undefined;
    return this.find(webhookId, await this.outbox.add('webhook', webhookId, delivery.payload));
  }
}
