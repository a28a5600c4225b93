import { Module } from '@nestjs/common';
import { OutboxModule } from '#platform/events/index.js';
import { PurgeWebhooksJob } from './purge-webhooks.job.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookHealth } from './webhook-health.service.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { WebhookPost } from './webhook-post.js';
import { WebhookRules } from './webhook-rules.js';
import { WebhookSecretsRepository } from './webhook-secrets.repository.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookSubscriptions } from './webhook-subscriptions.service.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

/** Telling places outside what happened. */
@Module({
  imports: [OutboxModule],
  providers: [
    WebhooksRepository,
    WebhookSecretsRepository,
    WebhooksService,
    WebhookRules,
    WebhookSecrets,
    WebhookSubscriptions,
    WebhookDeliveries,
    WebhookMetrics,
    WebhookPost,
    WebhookHealth,
    WebhookSender,
    PurgeWebhooksJob,
  ],
  exports: [WebhooksService, WebhookRules, WebhookSecrets, WebhookDeliveries, WebhookSender],
})
export class WebhooksModule {}
