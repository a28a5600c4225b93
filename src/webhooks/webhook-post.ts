import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import type { WebhookMessage } from './webhook-message.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { webhookOutcome, type WebhookOutcome } from './webhook-outcome.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { signedHeaders } from './webhook-signature.js';
import type { Webhook } from './webhook.js';

/** Signs a message and sends it off. */
@Injectable()
export class WebhookPost {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly http: OutboundHttp,
    private readonly metrics: WebhookMetrics,
    private readonly clock: Clock,
  ) {}

  async send({ id, url }: Webhook, message: WebhookMessage): Promise<WebhookOutcome> {
    const headers = signedHeaders(message, await this.secrets.values(id), this.clock.now());
    const receipt = await this.http.send(url, { body: message.body, mediaType: 'application/json', headers });
    const outcome = webhookOutcome(receipt);
    this.metrics.received(outcome.reception);
    return outcome;
  }
}
