import { Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { WebhookSecrets, WebhooksService } from '#webhooks/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkedMessage, invalid } from './checked-message.js';
import {
  MadeWebhookSecret,
  madeWebhookSecret,
  SecretRotation,
  WebhookSecretAnswer,
  webhookSecretAnswer,
} from './dto/webhook.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, pageOf, type PageAnswer } from './paging.js';
import { OptionalJsonBody } from './request-body.decorator.js';

const USUAL_OVERLAP_SECONDS = 86_400;
const LONGEST_OVERLAP_SECONDS = 604_800;

/** The secrets that sign what a webhook is told: a new one takes over while the old one still signs. */
@AdminController('webhooks/:id/secrets')
export class WebhookSecretsController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly secrets: WebhookSecrets,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('webhooks:read', { summary: 'List the secrets of a webhook', status: 200, items: WebhookSecretAnswer })
  async list(@Param('id') id: string, @Query() query: unknown): Promise<PageAnswer<Plain<WebhookSecretAnswer>>> {
    found(await this.webhooks.find(id));
    const secrets = await this.secrets.list(id);
    const keyOf = (secret: { readonly id: string }): string => secret.id;
    return answerPage(query, [], (request) => Promise.resolve(pageOf(secrets, keyOf, request)), webhookSecretAnswer);
  }

  @Get(':secret_id')
  @Operation('webhooks:read', {
    summary: 'Read about a secret of a webhook',
    status: 200,
    answer: WebhookSecretAnswer,
  })
  async read(@Param('id') id: string, @Param('secret_id') secretId: string): Promise<Plain<WebhookSecretAnswer>> {
    const secrets = await this.secrets.list(id);
    return webhookSecretAnswer(found(secrets.find((secret) => secret.id === secretId)));
  }

  @Post()
  @Operation('webhooks:write', {
    summary: 'Make a new secret of a webhook, beside which the old one signs for a while',
    sensitive: true,
    status: 201,
    body: SecretRotation,
    bodyOptional: true,
    answer: MadeWebhookSecret,
  })
  async rotate(
    @Param('id') id: string,
    @OptionalJsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<MadeWebhookSecret>> {
    const { overlap = USUAL_OVERLAP_SECONDS } = checkedMessage(SecretRotation, body);
    if (overlap < 0 || overlap > LONGEST_OVERLAP_SECONDS) {
      throw invalid([{ pointer: '#/overlap', detail: `must be from 0 to ${LONGEST_OVERLAP_SECONDS}` }]);
    }
    found(await this.webhooks.find(id));
    const secret = await this.secrets.rotate(id, overlap);
    setLocation(reply, this.issuer, 'webhooks', id, 'secrets', secret.id);
    return madeWebhookSecret(secret);
  }
}
