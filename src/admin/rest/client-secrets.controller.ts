import { Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientSecretsService, ClientsService, type SecretEnds } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { checkedMessage, invalid } from './checked-message.js';
import { MadeSecret, madeSecret, NewSecret, SecretAnswer, secretAnswer } from './dto/client-secret.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { OptionalJsonBody } from './request-body.decorator.js';

/** The secrets of a client: several at once, so that a new one can be rolled out before the old one ends. */
@AdminController('clients/:client_id/secrets')
export class ClientSecretsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly rights: CallerRights,
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('clients:read', { summary: 'List the secrets of a client', status: 200, items: SecretAnswer })
  async list(@Param('client_id') clientId: string, @Query() query: unknown): Promise<PageAnswer<Plain<SecretAnswer>>> {
    found(await this.clients.find(clientId));
    return answerPage(query, [], (request) => this.secrets.list(clientId, request), secretAnswer);
  }

  @Post()
  @Operation('clients:write', {
    summary: 'Make a further secret of a client',
    sensitive: true,
    status: 201,
    body: NewSecret,
    bodyOptional: true,
    answer: MadeSecret,
  })
  async add(
    @Param('client_id') clientId: string,
    @OptionalJsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<MadeSecret>> {
    const ends = this.endsOf(checkedMessage(NewSecret, body));
    await this.rights.requireToEntrust(request, found(await this.clients.find(clientId)).scope);
    const secret = found(await this.secrets.add(clientId, ends));
    setLocation(reply, this.issuer, 'clients', clientId, 'secrets', secret.id);
    return madeSecret(secret);
  }

  @Get(':id')
  @Operation('clients:read', { summary: 'Read about a secret of a client', status: 200, answer: SecretAnswer })
  async read(@Param('client_id') clientId: string, @Param('id') id: string): Promise<Plain<SecretAnswer>> {
    return secretAnswer(found(await this.secrets.find(clientId, id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('clients:write', { summary: 'End a secret of a client', status: 204 })
  async remove(
    @Param('client_id') clientId: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.rights.requireScopesOf(request, found(await this.clients.find(clientId)).scope);
    if (!(await this.secrets.remove(clientId, id))) throw notFound();
  }

  private endsOf({ expires_at: end, others_end_at: othersEnd }: Plain<NewSecret>): SecretEnds {
    const now = this.clock.now();
    const past = Object.entries({ expires_at: end, others_end_at: othersEnd })
      .filter(([, moment]) => moment !== undefined && new Date(moment) <= now)
      .map(([name]) => ({ pointer: `#/${name}`, detail: 'must be in the future' }));
    if (past.length > 0) throw invalid(past);
    return { expiresAt: dated(end), othersEndAt: dated(othersEnd) };
  }
}

function dated(moment: string | undefined): Date | undefined {
  return moment === undefined ? undefined : new Date(moment);
}
