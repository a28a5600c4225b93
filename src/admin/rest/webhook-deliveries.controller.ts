import { Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { WebhookDeliveries, WebhookSender, WebhooksService } from '#webhooks/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import {
  WebhookDeliveryAnswer,
  webhookDeliveryAnswer,
  WebhookTestAnswer,
  webhookTestAnswer,
} from './dto/webhook-delivery.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

/** What a webhook was told, how that went, and telling it again. */
@AdminController('webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: WebhookDeliveries,
    private readonly sender: WebhookSender,
    private readonly issuer: IssuerSettings,
  ) {}

  @Post('test')
  @HttpCode(200)
  @Operation('webhooks:write', {
    summary: 'Send a test to a webhook now, and answer what came of it',
    status: 200,
    answer: WebhookTestAnswer,
    sends: true,
  })
  async test(@Param('id') id: string): Promise<Plain<WebhookTestAnswer>> {
    const { messageId, delivery } = await this.sender.test(found(await this.webhooks.find(id)));
    return webhookTestAnswer(messageId, delivery);
  }

  @Get('deliveries')
  @Operation('webhooks:read', {
    summary: 'List what a webhook was told, the newest first',
    status: 200,
    items: WebhookDeliveryAnswer,
  })
  async list(@Param('id') id: string, @Query() query: unknown): Promise<PageAnswer<Plain<WebhookDeliveryAnswer>>> {
    found(await this.webhooks.find(id));
    return answerPage(query, [], (request) => this.deliveries.list(id, request), webhookDeliveryAnswer);
  }

  @Get('deliveries/:delivery_id')
  @Operation('webhooks:read', {
    summary: 'Read how a webhook was told something',
    status: 200,
    answer: WebhookDeliveryAnswer,
  })
  async read(@Param('id') id: string, @Param('delivery_id') deliveryId: string): Promise<Plain<WebhookDeliveryAnswer>> {
    return webhookDeliveryAnswer(found(await this.deliveries.find(id, deliveryId)));
  }

  @Post('deliveries/:delivery_id/redeliver')
  @Operation('webhooks:write', {
    summary: 'Tell a webhook something again',
    status: 201,
    answer: WebhookDeliveryAnswer,
  })
  async redeliver(
    @Param('id') id: string,
    @Param('delivery_id') deliveryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<WebhookDeliveryAnswer>> {
    found(await this.webhooks.find(id));
    const delivery = found(await this.deliveries.repeat(id, deliveryId));
    setLocation(reply, this.issuer, 'webhooks', id, 'deliveries', delivery.id);
    return webhookDeliveryAnswer(delivery);
  }
}
