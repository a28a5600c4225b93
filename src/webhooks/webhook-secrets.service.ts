import { Injectable } from '@nestjs/common';
import { Clock, Random, SecretBox } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { WebhookSecretRow } from './webhook-secret.entity.js';
import { WebhookSecretsRepository } from './webhook-secrets.repository.js';
import { secretFrom } from './webhook-signature.js';

/** What is known of a secret; never its value. */
export interface WebhookSecret {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | undefined;
}

/** A secret that was just made: the only time its value is shown. */
export interface NewWebhookSecret extends WebhookSecret {
  readonly value: string;
}

/** Each signs whatever is sent, so there are not many. */
const MOST_LIVE = 5;

/** The secrets of webhooks: made, replaced with overlap, and opened to sign. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly secrets: WebhookSecretsRepository,
    private readonly box: SecretBox,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes a secret; those before it sign beside it for the given time at most. */
  async rotate(webhookId: string, overlapSeconds: number): Promise<NewWebhookSecret> {
    const [id, value, createdAt] = [this.random.id(), secretFrom(this.random.secret()), this.clock.now()];
    await this.transactions.run(async () => {
      await this.secrets.endBy(webhookId, new Date(createdAt.getTime() + overlapSeconds * 1000));
      const live = await this.secrets.live(webhookId, createdAt);
      await this.secrets.remove(live.slice(MOST_LIVE - 1).map((secret) => secret.id));
      await this.secrets.add({ id, webhookId, sealed: this.box.seal(value, placeOf(id)), createdAt, expiresAt: null });
    });
    return { id, createdAt, expiresAt: undefined, value };
  }

  /** The secrets that sign now, the newest first. */
  async list(webhookId: string): Promise<WebhookSecret[]> {
    const rows = await this.secrets.live(webhookId, this.clock.now());
    return rows.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt: expiresAt ?? undefined }));
  }

  /** The values that sign now, the newest first. */
  async values(webhookId: string): Promise<string[]> {
    const rows = await this.secrets.live(webhookId, this.clock.now());
    return Promise.all(rows.map((row) => this.open(row)));
  }

  /** Opens a value, and seals it anew where the key that sealed it is to leave SECRET_KEYS. */
  private async open({ id, sealed }: WebhookSecretRow): Promise<string> {
    const value = this.box.open(sealed, placeOf(id));
    if (this.box.isOutdated(sealed)) await this.secrets.reseal(id, this.box.seal(value, placeOf(id)));
    return value;
  }
}

function placeOf(id: string): string {
  return `webhook_secret ${id}`;
}
