import { Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService, ClientVersions, type ClientVersion } from '#clients/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { invalid } from './checked-message.js';
import { ClientRestorations } from './client-restorations.service.js';
import { ClientsController } from './clients.controller.js';
import { clientRecord, registeredClient } from './dto/client-wire.js';
import { RegisteredClient } from './dto/client.dto.js';
import {
  ClientVersionAnswer,
  clientVersionAnswer,
  ClientVersionDiff,
  clientVersionDiff,
  ClientVersionEntry,
  clientVersionEntry,
} from './dto/client-version.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { queryMembers } from './query-members.js';
import { changesBetween } from './requests/dry-run.js';
import { SectorDocumentsGuard } from './sector-documents.guard.js';
import { versionNumber } from './version-number.js';

const QUERY = { against: { about: 'The number of the other version; the one before when absent.' } } as const;

/** What clients were: each change of a client is a version, and every version can be brought back. */
@AdminController('clients/:client_id/versions')
export class ClientVersionsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly versions: ClientVersions,
    private readonly restorations: ClientRestorations,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'List the versions of a client, the newest first',
    status: 200,
    items: ClientVersionEntry,
  })
  async list(
    @Param('client_id') clientId: string,
    @Query() query: unknown,
  ): Promise<PageAnswer<Plain<ClientVersionEntry>>> {
    found(await this.clients.find(clientId));
    return answerPage(query, [], (request) => this.versions.list(clientId, request), clientVersionEntry);
  }

  @Get(':number')
  @Operation('clients:read', { summary: 'Read a version of a client', status: 200, answer: ClientVersionAnswer })
  async read(
    @Param('client_id') clientId: string,
    @Param('number') number: string,
  ): Promise<Plain<ClientVersionAnswer>> {
    return clientVersionAnswer(await this.version(clientId, number));
  }

  @Get(':number/diff')
  @Operation('clients:read', {
    summary: 'See how a version of a client differs from another',
    status: 200,
    answer: ClientVersionDiff,
    query: QUERY,
  })
  async diff(
    @Param('client_id') clientId: string,
    @Param('number') number: string,
    @Query() query: unknown,
  ): Promise<Plain<ClientVersionDiff>> {
    const version = await this.version(clientId, number);
    const other = await this.compared(version, queryMembers(query, QUERY).against);
    const from = other === undefined ? {} : clientRecord(other.metadata);
    return clientVersionDiff(version.number, other?.number, changesBetween(from, clientRecord(version.metadata), []));
  }

  @Post(':number/restore')
  @HttpCode(200)
  @UseGuards(SectorDocumentsGuard)
  @Operation('clients:write', {
    summary: 'Make a client what it was in a version, by the rules of today',
    status: 200,
    answer: RegisteredClient,
    conflicts: true,
    faults: true,
    approval: 'client.restore',
    actsOn: () => [ClientsController, 'read'],
  })
  async restore(
    @Param('client_id') clientId: string,
    @Param('number') number: string,
    @Req() request: FastifyRequest,
  ): Promise<Plain<RegisteredClient>> {
    const written = await this.restorations.restore(request, clientId, versionNumber(number) ?? 0);
    return registeredClient(written.client, written.secret);
  }

  private async version(clientId: string, text: string): Promise<ClientVersion> {
    const number = versionNumber(text);
    return found(number === undefined ? undefined : await this.versions.find(clientId, number));
  }

  /** What a version is compared with: what was asked for, or the one before as long as that is kept. */
  private async compared({ clientId, number }: ClientVersion, asked?: string): Promise<ClientVersion | undefined> {
    if (asked === undefined) return this.versions.find(clientId, number - 1);
    const other = versionNumber(asked);
    const version = other === undefined ? undefined : await this.versions.find(clientId, other);
    if (version === undefined) throw invalid([{ pointer: '#/against', detail: 'is not a version that is kept' }]);
    return version;
  }
}
