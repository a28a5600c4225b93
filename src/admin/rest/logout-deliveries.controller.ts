import { Get, Param, Query } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { Outbox } from '#platform/events/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { LogoutDeliveryAnswer, logoutDeliveryAnswer } from './dto/logout-delivery.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

/** Whether a client could be told that its users signed out (OIDC Back-Channel Logout §2.5). */
@AdminController('clients/:client_id/logout-deliveries')
export class LogoutDeliveriesController {
  constructor(
    private readonly clients: ClientsService,
    private readonly outbox: Outbox,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'List the back-channel sign-outs of a client, the newest first',
    status: 200,
    items: LogoutDeliveryAnswer,
  })
  async list(
    @Param('client_id') clientId: string,
    @Query() query: unknown,
  ): Promise<PageAnswer<Plain<LogoutDeliveryAnswer>>> {
    found(await this.clients.find(clientId));
    return answerPage(
      query,
      [],
      (request) => this.outbox.list('back-channel-logout', clientId, request),
      logoutDeliveryAnswer,
    );
  }
}
