import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { WebhookSecretEntity } from './webhook-secret.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes secrets whose successor signs alone by now. */
@Injectable()
export class PurgeWebhooksJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-webhooks', { everySeconds: EVERY_SECONDS, entities: [WebhookSecretEntity] });
  }
}
