import { WebhookSecretEntity } from './webhook-secret.entity.js';
import { WebhookEntity } from './webhook.entity.js';

export { WebhookDeliveries, type WebhookDelivery } from './webhook-deliveries.service.js';
export { TOLD_EVENTS, WebhookRules } from './webhook-rules.js';
export { WebhookSecrets, type NewWebhookSecret, type WebhookSecret } from './webhook-secrets.service.js';
export { WebhookSender } from './webhook-sender.js';
export type { Webhook, WebhookInput } from './webhook.js';
export { WebhooksModule } from './webhooks.module.js';
export { WebhooksService } from './webhooks.service.js';

/** The entities of this module, for the list in schema.ts. */
export const WEBHOOK_ENTITIES = [WebhookEntity, WebhookSecretEntity] as const;
