import { Get, Param, Query } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { clientConfigurations, type ClientConfigurations } from '../configurations/configurations.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { invalid } from './checked-message.js';
import { ClientConfigurationAnswer, clientConfigurationAnswer } from './dto/client-configuration.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { queryMembers } from './query-members.js';

const QUERY = { library: { about: 'The id of the only library to answer.' } } as const;

/** What developers copy into their applications, made from the record of the client. */
@AdminController('clients/:client_id/configuration')
export class ClientConfigurationController {
  constructor(
    private readonly clients: ClientsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'Read configurations of common libraries for a client',
    status: 200,
    answer: ClientConfigurationAnswer,
    query: QUERY,
  })
  async read(@Param('client_id') clientId: string, @Query() query: unknown): Promise<Plain<ClientConfigurationAnswer>> {
    const { library } = queryMembers(query, QUERY);
    const client = found(await this.clients.find(clientId));
    const all = clientConfigurations(client, this.issuer.issuer);
    return clientConfigurationAnswer(clientId, library === undefined ? all : only(library, all));
  }
}

function only(library: string, { configurations, unsuitable }: ClientConfigurations): ClientConfigurations {
  const wanted = configurations.filter(({ id }) => id === library);
  if (wanted.length > 0) return { configurations: wanted, unsuitable: [] };
  const misfit = unsuitable.find((one) => one.library === library);
  throw invalid([{ pointer: '#/library', detail: misfit?.reason ?? 'is not the id of a library that is known here' }]);
}
