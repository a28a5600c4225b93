import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { ResourcesService } from '#resources/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  FIXED_RESOURCE_MEMBERS,
  NewResource,
  ResourceAnswer,
  resourceAnswer,
  resourceChanges,
  resourceInput,
} from './dto/resource.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The protected APIs. */
@AdminController('resources')
export class ResourcesController {
  constructor(
    private readonly resources: ResourcesService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('resources:read', { summary: 'List APIs', status: 200, items: ResourceAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ResourceAnswer>>> {
    return answerPage(query, [], (request) => this.resources.list(request), resourceAnswer);
  }

  @Post()
  @Operation('resources:write', {
    summary: 'Add an API',
    status: 201,
    body: NewResource,
    answer: ResourceAnswer,
    conflicts: true,
  })
  async add(
    @JsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<ResourceAnswer>> {
    const { message, problems } = checkMessage(NewResource, body);
    refuseFaults(problems, this.resources.problems(resourceInput(message)));
    const result = await this.resources.create(resourceInput(message));
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/identifier' });
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'resources', result.resource.id);
    return resourceAnswer(result.resource);
  }

  @Get(':id')
  @Operation('resources:read', { summary: 'Read an API', status: 200, answer: ResourceAnswer })
  async read(@Param('id') id: string): Promise<Plain<ResourceAnswer>> {
    return resourceAnswer(found(await this.resources.find(id)));
  }

  @Patch(':id')
  @Operation('resources:write', {
    summary: 'Change an API',
    status: 200,
    body: NewResource,
    patch: true,
    answer: ResourceAnswer,
    conflicts: true,
  })
  async change(@Param('id') id: string, @PatchBody() patch: unknown): Promise<Plain<ResourceAnswer>> {
    const result = await unlessStale(async () => {
      const resource = found(await this.resources.find(id));
      const before = resourceAnswer(resource);
      const { message, problems, removed } = patched(NewResource, before, patch, FIXED_RESOURCE_MEMBERS);
      refuseFaults(problems, this.resources.problems(resourceInput(message)));
      return this.resources.update(id, resourceChanges(message, removed), resource.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return resourceAnswer(result.resource);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('resources:write', { summary: 'Delete an API and its scopes', status: 204, conflicts: true })
  async delete(@Param('id') id: string): Promise<void> {
    const outcome = await this.resources.delete(id);
    if (outcome !== 'deleted') throw refusal({ outcome });
  }
}
