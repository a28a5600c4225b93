import { Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { PageRequest } from '#platform/database/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import { ClientMessages } from './client-messages.service.js';
import {
  ClientAnswer,
  clientAnswer,
  clientChanges,
  clientInput,
  ClientMembers,
  FIXED_CLIENT_MEMBERS,
  NewClient,
  RegisteredClient,
  registeredClient,
} from './dto/client.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';
import { SectorDocumentsGuard } from './sector-documents.guard.js';
import { SectorDocuments } from './sector-documents.service.js';

const FILTERS = ['owner', 'q', 'status'] as const;

/** The registered clients. */
@AdminController('clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly messages: ClientMessages,
    private readonly sectors: SectorDocuments,
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
  })
  async register(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<RegisteredClient>> {
    const { message, problems } = checkMessage(NewClient, body);
    const { client_id: clientId, ...members } = message;
    const owner = this.rights.onlyOwner(request);
    const read = await this.messages.registered({ ...members, ...(owner === undefined ? {} : { owner }) }, clientId);
    const { input } = read;
    await this.rights.requireScopesOf(request, input.scope ?? []);
    refuseFaults(problems, read.problems);
    refuseFaults([], this.sectors.problems(request, input));
    const result = await this.clients.register(input, { clientId });
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/client_id' });
    if (result.outcome !== 'registered') throw refusal(result);
    setLocation(reply, this.issuer, 'clients', result.client.clientId);
    return registeredClient(result.client, result.clientSecret);
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
  })
  async change(
    @Param('client_id') clientId: string,
    @PatchBody() patch: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<RegisteredClient>> {
    const result = await unlessStale(async () => {
      const client = found(await this.clients.find(clientId));
      const before = clientAnswer(client);
      const { message, problems, removed } = patched(ClientMembers, before, patch, FIXED_CLIENT_MEMBERS);
      const input = clientInput(message);
      await this.rights.requireScopesOf(request, new Set([...client.scope, ...(input.scope ?? [])]));
      refuseFaults(problems, await this.messages.changeProblems(input, client));
      refuseFaults([], this.sectors.problems(request, input, client));
      return this.clients.update(clientId, clientChanges(message, removed), client.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return registeredClient(result.client, await this.secrets.beginSigning(result.client));
  }

  @Delete(':client_id')
  @HttpCode(204)
  @Operation('clients:write', { summary: 'Delete a client', status: 204 })
  async delete(@Param('client_id') clientId: string, @Req() request: FastifyRequest): Promise<void> {
    await this.rights.requireScopesOf(request, found(await this.clients.find(clientId)).scope);
    if (!(await this.clients.delete(clientId))) throw notFound();
  }
}
