import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClaimMappings } from '#claims/index.js';
import { ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ClaimMappingRecords } from './claim-mapping-records.service.js';
import {
  ClaimMappingAnswer,
  FIXED_MAPPING_MEMBERS,
  mappingAnswer,
  NewClientClaimMapping,
} from './dto/claim-mapping.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The claims that scopes release to one client, beside or instead of those for every client. */
@AdminController('clients/:client_id/claim-mappings')
export class ClientClaimMappingsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly mappings: ClaimMappings,
    private readonly records: ClaimMappingRecords,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'List the claims that are mapped for a client',
    status: 200,
    items: ClaimMappingAnswer,
  })
  async list(
    @Param('client_id') clientId: string,
    @Query() query: unknown,
  ): Promise<PageAnswer<Plain<ClaimMappingAnswer>>> {
    await this.mustExist(clientId);
    return answerPage(query, [], (request) => this.mappings.list({ clientId }, request), mappingAnswer);
  }

  @Post()
  @Operation('clients:write', {
    summary: 'Map a claim for a client',
    status: 201,
    body: NewClientClaimMapping,
    answer: ClaimMappingAnswer,
    conflicts: true,
  })
  async add(
    @Param('client_id') clientId: string,
    @JsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<ClaimMappingAnswer>> {
    await this.mustExist(clientId);
    const mapping = await this.records.add(NewClientClaimMapping, body, { clientId });
    setLocation(reply, this.issuer, 'clients', clientId, 'claim-mappings', mapping.id);
    return mappingAnswer(mapping);
  }

  @Get(':id')
  @Operation('clients:read', {
    summary: 'Read about a claim that is mapped for a client',
    status: 200,
    answer: ClaimMappingAnswer,
  })
  async read(@Param('client_id') clientId: string, @Param('id') id: string): Promise<Plain<ClaimMappingAnswer>> {
    return mappingAnswer(await this.records.read(id, { clientId }));
  }

  @Patch(':id')
  @Operation('clients:write', {
    summary: 'Change a claim that is mapped for a client',
    status: 200,
    body: NewClientClaimMapping,
    patch: true,
    answer: ClaimMappingAnswer,
    conflicts: true,
  })
  change(
    @Param('client_id') clientId: string,
    @Param('id') id: string,
    @PatchBody() patch: unknown,
  ): Promise<Plain<ClaimMappingAnswer>> {
    const how = { type: NewClientClaimMapping, fixed: FIXED_MAPPING_MEMBERS, target: { clientId } };
    return this.records.change(id, patch, how);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('clients:write', { summary: 'Map a claim for a client no more', status: 204 })
  delete(@Param('client_id') clientId: string, @Param('id') id: string): Promise<void> {
    return this.records.delete(id, { clientId });
  }

  private async mustExist(clientId: string): Promise<void> {
    found(await this.clients.find(clientId));
  }
}
