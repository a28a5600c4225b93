import { Get, Param, Query } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { ClientLints } from '../lints/client-lints.service.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { invalid } from './checked-message.js';
import { ClientLintAnswer, clientLintAnswer } from './dto/client-lint.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { queryMembers } from './query-members.js';

const QUERY = {
  reach: { about: 'With `true` its logout addresses are asked whether anybody answers there; nothing leaves without.' },
} as const;

/** What should be otherwise about a client, though nothing forbids it. */
@AdminController('clients/:client_id/lint')
export class ClientLintController {
  constructor(
    private readonly clients: ClientsService,
    private readonly lints: ClientLints,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'See what should be otherwise about a client, and why',
    status: 200,
    answer: ClientLintAnswer,
    query: QUERY,
  })
  async lint(@Param('client_id') clientId: string, @Query() query: unknown): Promise<Plain<ClientLintAnswer>> {
    const { reach = 'false' } = queryMembers(query, QUERY);
    if (reach !== 'true' && reach !== 'false') {
      throw invalid([{ pointer: '#/reach', detail: 'must be true or false' }]);
    }
    const client = found(await this.clients.find(clientId));
    const reached = reach === 'true';
    return clientLintAnswer(clientId, reached, await this.lints.of(client, { reach: reached }));
  }
}
