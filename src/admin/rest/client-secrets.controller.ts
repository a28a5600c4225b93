import { Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
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
    const { expires_at: end } = checkedMessage(NewSecret, body);
    const expiresAt = end === undefined ? undefined : new Date(end);
    if (expiresAt !== undefined && !(expiresAt > this.clock.now())) {
      throw invalid([{ pointer: '#/expires_at', detail: 'must be in the future' }]);
    }
    await this.rights.requireScopesOf(request, found(await this.clients.find(clientId)).scope);
    const secret = found(await this.secrets.add(clientId, { expiresAt }));
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
}
