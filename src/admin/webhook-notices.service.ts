import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import { OnEvent, type EventCatalogue } from '#platform/events/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { webhookDisabledMail } from '#views/index.js';
import { WebhooksService } from '#webhooks/index.js';

const MOST_READERS = 50;

/** Writes to administrators when a webhook is told nothing any more, as nobody would notice what does not arrive. */
@Injectable()
export class WebhookNotices {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly users: UsersService,
    private readonly mails: Mails,
  ) {}

  @OnEvent('webhook.disabled')
  async disabled({ webhookId, because }: EventCatalogue['webhook.disabled']): Promise<void> {
    const webhook = await this.webhooks.find(webhookId);
    if (webhook === undefined) return;
    const { host } = new URL(webhook.url);
    const administrators = { group: ADMINISTRATORS_GROUP, status: 'active' } as const;
    const { items } = await this.users.list(administrators, { limit: MOST_READERS });
    for (const { claims } of items) {
      if (claims.email === undefined) continue;
      await this.mails.send(webhookDisabledMail, { to: claims.email, locale: claims.locale, host, because });
    }
  }
}
