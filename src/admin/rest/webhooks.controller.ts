import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { WebhookRules, WebhooksService } from '#webhooks/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  FIXED_WEBHOOK_MEMBERS,
  MadeWebhook,
  NewWebhook,
  WebhookAnswer,
  webhookAnswer,
  webhookInput,
} from './dto/webhook.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The places outside that are told of events. */
@AdminController('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly rules: WebhookRules,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('webhooks:read', { summary: 'List webhooks', status: 200, items: WebhookAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<WebhookAnswer>>> {
    return answerPage(query, [], (request) => this.webhooks.list(request), webhookAnswer);
  }

  @Post()
  @Operation('webhooks:write', {
    summary: 'Add a webhook',
    sensitive: true,
    status: 201,
    body: NewWebhook,
    answer: MadeWebhook,
  })
  async add(@JsonBody() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Plain<MadeWebhook>> {
    const { message, problems } = checkMessage(NewWebhook, body);
    refuseFaults(problems, this.rules.problems(webhookInput(message)));
    const { webhook, secret } = await this.webhooks.add(webhookInput(message));
    setLocation(reply, this.issuer, 'webhooks', webhook.id);
    return { ...webhookAnswer(webhook), secret: secret.value };
  }

  @Get(':id')
  @Operation('webhooks:read', { summary: 'Read a webhook', status: 200, answer: WebhookAnswer })
  async read(@Param('id') id: string): Promise<Plain<WebhookAnswer>> {
    return webhookAnswer(found(await this.webhooks.find(id)));
  }

  @Patch(':id')
  @Operation('webhooks:write', {
    summary: 'Change a webhook',
    status: 200,
    body: NewWebhook,
    patch: true,
    answer: WebhookAnswer,
    conflicts: true,
  })
  async change(@Param('id') id: string, @PatchBody() patch: unknown): Promise<Plain<WebhookAnswer>> {
    const result = await unlessStale(async () => {
      const webhook = found(await this.webhooks.find(id));
      const { message, problems } = patched(NewWebhook, webhookAnswer(webhook), patch, FIXED_WEBHOOK_MEMBERS);
      refuseFaults(problems, this.rules.problems(webhookInput(message)));
      return this.webhooks.change(id, webhookInput(message), webhook.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return webhookAnswer(result.webhook);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('webhooks:write', { summary: 'Delete a webhook', status: 204 })
  async delete(@Param('id') id: string): Promise<void> {
    if (!(await this.webhooks.delete(id))) throw notFound();
  }
}
