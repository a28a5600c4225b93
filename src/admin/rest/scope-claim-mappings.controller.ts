import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClaimMappings } from '#claims/index.js';

import { IssuerSettings } from '#platform/config/index.js';
import { ScopesService } from '#resources/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ClaimMappingRecords } from './claim-mapping-records.service.js';
import {
  ClaimMappingAnswer,
  FIXED_SCOPE_MAPPING_MEMBERS,
  mappingAnswer,
  NewClaimMapping,
} from './dto/claim-mapping.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The claims that a scope releases to every client beside the standard ones. */
@AdminController('scopes/:name/claim-mappings')
export class ScopeClaimMappingsController {
  constructor(
    private readonly scopes: ScopesService,
    private readonly mappings: ClaimMappings,
    private readonly records: ClaimMappingRecords,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('scopes:read', {
    summary: 'List the claims that a scope releases',
    status: 200,
    items: ClaimMappingAnswer,
  })
  async list(@Param('name') scope: string, @Query() query: unknown): Promise<PageAnswer<Plain<ClaimMappingAnswer>>> {
    await this.mustExist(scope);
    return answerPage(query, [], (request) => this.mappings.list({ scope }, request), mappingAnswer);
  }

  @Post()
  @Operation('scopes:write', {
    summary: 'Let a scope release a claim',
    status: 201,
    body: NewClaimMapping,
    answer: ClaimMappingAnswer,
    conflicts: true,
  })
  async add(
    @Param('name') scope: string,
    @JsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<ClaimMappingAnswer>> {
    await this.mustExist(scope);
    const mapping = await this.records.add(NewClaimMapping, body, { scope });
    setLocation(reply, this.issuer, 'scopes', scope, 'claim-mappings', mapping.id);
    return mappingAnswer(mapping);
  }

  @Get(':id')
  @Operation('scopes:read', {
    summary: 'Read about a claim that a scope releases',
    status: 200,
    answer: ClaimMappingAnswer,
  })
  async read(@Param('name') scope: string, @Param('id') id: string): Promise<Plain<ClaimMappingAnswer>> {
    return mappingAnswer(await this.records.read(id, { scope }));
  }

  @Patch(':id')
  @Operation('scopes:write', {
    summary: 'Change a claim that a scope releases',
    status: 200,
    body: NewClaimMapping,
    patch: true,
    answer: ClaimMappingAnswer,
    conflicts: true,
  })
  change(
    @Param('name') scope: string,
    @Param('id') id: string,
    @PatchBody() patch: unknown,
  ): Promise<Plain<ClaimMappingAnswer>> {
    const how = { type: NewClaimMapping, fixed: FIXED_SCOPE_MAPPING_MEMBERS, target: { scope } };
    return this.records.change(id, patch, how);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('scopes:write', { summary: 'Let a scope release a claim no more', status: 204 })
  delete(@Param('name') scope: string, @Param('id') id: string): Promise<void> {
    return this.records.delete(id, { scope });
  }

  private async mustExist(scope: string): Promise<void> {
    found((await this.scopes.find([scope]))[0]);
  }
}
