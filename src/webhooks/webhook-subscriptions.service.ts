import { Injectable, Logger } from '@nestjs/common';
import { Changes } from '#platform/cache/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { EVENT_REACH, OnEveryEvent, Outbox, type PublishedEvent } from '#platform/events/index.js';
import { webhookFrom, wants, type Webhook } from './webhook.js';
import { messageOf } from './webhook-message.js';
import { WebhooksRepository } from './webhooks.repository.js';

type Subscription = Pick<Webhook, 'id' | 'events'>;

/** Writes down whom to tell of an event, in the transaction of the event: one row in the outbox for each webhook. */
@Injectable()
export class WebhookSubscriptions {
  private readonly logger = new Logger('webhooks');
  private kept: { readonly generation: number; readonly subscriptions: readonly Subscription[] } | undefined;

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly outbox: Outbox,
    private readonly changes: Changes,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  @OnEveryEvent()
  async happened(event: PublishedEvent): Promise<void> {
    if (!EVENT_REACH[event.name].told) return;
    const told = (await this.subscriptions()).filter((subscription) => wants(subscription, event.name));
    if (told.length === 0) return;
    const message = messageOf(event, this.random.id(), this.clock.now());
    for (const { id } of told) await this.outbox.add('webhook', id, { webhookId: id, ...message });
  }

  /** From memory unless it may have changed: a transaction must not wait for what is read outside of it. */
  private async subscriptions(): Promise<readonly Subscription[]> {
    const { kept } = this;
    if (kept !== undefined && kept.generation === this.changes.recent('webhooks')) return kept.subscriptions;
    this.database.afterCommit(() => {
      this.refresh().catch((error: unknown) => {
        this.logger.debug({ err: error, msg: 'the subscriptions cannot be read' });
      });
    });
    return this.read();
  }

  private async refresh(): Promise<void> {
    await this.database.outside(async () => {
      const generation = await this.changes.generation('webhooks');
      const subscriptions = await this.read();
      if (this.changes.known('webhooks') === generation) this.kept = { generation, subscriptions };
    });
  }

  private async read(): Promise<readonly Subscription[]> {
    return (await this.webhooks.active()).map((row) => {
      const { id, events } = webhookFrom(row);
      return { id, events };
    });
  }
}
