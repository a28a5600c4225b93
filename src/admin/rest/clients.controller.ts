import { Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { PageRequest } from '#platform/database/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { ClientWrites } from './client-writes.service.js';
import { clientAnswer, registeredClient } from './dto/client-wire.js';
import { ClientAnswer, ClientMembers, NewClient, RegisteredClient } from './dto/client.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';
import { SectorDocumentsGuard } from './sector-documents.guard.js';

const FILTERS = ['owner', 'q', 'status'] as const;

/** The registered clients. */
@AdminController('clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly writes: ClientWrites,
    private readonly rights: CallerRights,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('clients:read', { summary: 'List clients', status: 200, items: ClientAnswer, filters: FILTERS })
  list(@Query() query: unknown, @Req() request: FastifyRequest): Promise<PageAnswer<Plain<ClientAnswer>>> {
    const only = this.rights.onlyOwner(request);
    const list = (page: PageRequest, { q: text, status, owner }: { q?: string; status?: string; owner?: string }) =>
      this.clients.list(page, { text, status, owner: only ?? owner });
    return answerPage(query, FILTERS, list, clientAnswer);
  }

  @Post()
  @UseGuards(SectorDocumentsGuard)
  @Operation('clients:write', {
    summary: 'Register a client',
    status: 201,
    body: NewClient,
    answer: RegisteredClient,
    conflicts: true,
    approval: 'client.register',
  })
  async register(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<RegisteredClient>> {
    const { client, secret } = await this.writes.register(request, body);
    setLocation(reply, this.issuer, 'clients', client.clientId);
    return registeredClient(client, secret);
  }

  @Get(':client_id')
  @Operation('clients:read', { summary: 'Read a client', status: 200, answer: ClientAnswer })
  async read(@Param('client_id') clientId: string): Promise<Plain<ClientAnswer>> {
    return clientAnswer(found(await this.clients.find(clientId)));
  }

  @Patch(':client_id')
  @UseGuards(SectorDocumentsGuard)
  @Operation('clients:write', {
    summary: 'Change a client',
    status: 200,
    body: ClientMembers,
    patch: true,
    answer: RegisteredClient,
    conflicts: true,
    approval: 'client.change',
  })
  async change(
    @Param('client_id') clientId: string,
    @PatchBody() patch: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<RegisteredClient>> {
    const { client, secret } = await this.writes.change(request, clientId, patch);
    return registeredClient(client, secret);
  }

  @Delete(':client_id')
  @HttpCode(204)
  @Operation('clients:write', { summary: 'Delete a client', status: 204 })
  async delete(@Param('client_id') clientId: string, @Req() request: FastifyRequest): Promise<void> {
    await this.rights.requireScopesOf(request, found(await this.clients.find(clientId)).scope);
    if (!(await this.clients.delete(clientId))) throw notFound();
  }
}
