import { Injectable } from '@nestjs/common';
import { Changes } from '#platform/cache/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { columnsOf, webhookFrom, type Webhook, type WebhookInput } from './webhook.js';
import { WebhookSecrets, type NewWebhookSecret } from './webhook-secrets.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** What became of the wish to change a webhook. */
export type WebhookUpdate =
  { readonly outcome: 'updated'; readonly webhook: Webhook } | { readonly outcome: 'unknown' | 'stale' };

/** The places outside that are told of events: added, changed, removed. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Adds a webhook that has no problems, with its first secret. */
  add(input: WebhookInput): Promise<{ readonly webhook: Webhook; readonly secret: NewWebhookSecret }> {
    const [id, now] = [this.random.id(), this.clock.now()];
    const row = { ...columnsOf(input), id, disabledBecause: null, failingSince: null, createdAt: now, updatedAt: now };
    return this.transactions.run(async () => {
      await this.webhooks.add(row);
      await this.changes.note('webhooks');
      return { webhook: webhookFrom(row), secret: await this.secrets.rotate(id, 0) };
    });
  }

  /** Changes a webhook to what has no problems, if nobody changed it since it was read; put to work again it starts anew. */
  change(id: string, input: WebhookInput, readAt: Date): Promise<WebhookUpdate> {
    const now = this.clock.now();
    return this.transactions.run(async () => {
      const row = await this.webhooks.find(id);
      if (row === null) return { outcome: 'unknown' };
      const resumed = input.status === 'active' && row.status !== 'active';
      const anew = resumed ? { disabledBecause: null, failingSince: null } : {};
      // Of two changes in one millisecond the second one must show.
      const updatedAt = now > row.updatedAt ? now : new Date(row.updatedAt.getTime() + 1);
      const changes = { ...columnsOf(input), ...anew, updatedAt };
      if (!(await this.webhooks.change(id, readAt, changes))) return { outcome: 'stale' };
      await this.changes.note('webhooks');
      return { outcome: 'updated', webhook: webhookFrom({ ...row, ...changes }) };
    });
  }

  /** Removes a webhook with its secrets; what waits for it is not delivered any more. */
  delete(id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      if (!(await this.webhooks.remove(id))) return false;
      await this.changes.note('webhooks');
      return true;
    });
  }

  async find(id: string): Promise<Webhook | undefined> {
    const row = await this.webhooks.find(id);
    return row === null ? undefined : webhookFrom(row);
  }

  /** One page of all webhooks, the oldest first. */
  async list(request: PageRequest): Promise<Page<Webhook>> {
    const page = await this.webhooks.list(request);
    return { ...page, items: page.items.map(webhookFrom) };
  }
}
