import { Injectable, Logger } from '@nestjs/common';
import { Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { DisabledBecause } from './webhook.js';
import { WebhooksRepository } from './webhooks.repository.js';

const FAILING_DAYS = 5;
const DAY_MS = 86_400_000;

/** Notes whether webhooks take what they are told, and stops telling those that are gone or have failed for days. */
@Injectable()
export class WebhookHealth {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  async took(id: string): Promise<void> {
    await this.webhooks.works(id);
  }

  async refused(id: string): Promise<void> {
    const now = this.clock.now();
    await this.webhooks.fails(id, now);
    await this.disable(id, 'failing', new Date(now.getTime() - FAILING_DAYS * DAY_MS));
  }

  /** Standard Webhooks, responses: 410 says that nobody wants to be told any more. */
  async gone(id: string): Promise<void> {
    await this.disable(id, 'gone');
  }

  private async disable(id: string, because: DisabledBecause, failingSince?: Date): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async () => {
      const since = failingSince === undefined ? {} : { failingSince };
      if (!(await this.webhooks.disable(id, { because, now, ...since }))) return;
      await this.changes.note('webhooks');
      await this.events.publish('webhook.disabled', { webhookId: id, because });
      this.logger.warn({ msg: 'a webhook is told nothing any more', webhookId: id, because });
    });
  }
}
