import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { GroupsService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import { FIXED_GROUP_MEMBERS, GroupAnswer, groupAnswer, groupChanges, groupInput, NewGroup } from './dto/group.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** The groups that users are in. */
@AdminController('groups')
export class GroupsController {
  constructor(
    private readonly groups: GroupsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('groups:read', { summary: 'List groups', status: 200, items: GroupAnswer, filters: ['q'] })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<GroupAnswer>>> {
    return answerPage(query, ['q'], (request, { q }) => this.groups.list(request, q), groupAnswer);
  }

  @Post()
  @Operation('groups:write', {
    summary: 'Make a group',
    status: 201,
    body: NewGroup,
    answer: GroupAnswer,
    conflicts: true,
  })
  async add(@JsonBody() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Plain<GroupAnswer>> {
    const { message, problems } = checkMessage(NewGroup, body);
    refuseFaults(problems, await this.groups.problems(groupInput(message)));
    const result = await this.groups.create(groupInput(message));
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/name' });
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'groups', result.group.id);
    return groupAnswer(result.group);
  }

  @Get(':id')
  @Operation('groups:read', { summary: 'Read a group', status: 200, answer: GroupAnswer })
  async read(@Param('id') id: string): Promise<Plain<GroupAnswer>> {
    return groupAnswer(found(await this.groups.find(id)));
  }

  @Patch(':id')
  @Operation('groups:write', {
    summary: 'Change a group',
    status: 200,
    body: NewGroup,
    patch: true,
    answer: GroupAnswer,
    conflicts: true,
  })
  async change(@Param('id') id: string, @PatchBody() patch: unknown): Promise<Plain<GroupAnswer>> {
    const result = await unlessStale(async () => {
      const group = found(await this.groups.find(id));
      const { message, problems } = patched(NewGroup, groupAnswer(group), patch, FIXED_GROUP_MEMBERS);
      refuseFaults(problems, await this.groups.problems(groupInput(message)));
      return this.groups.update(id, groupChanges(message), group.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return groupAnswer(result.group);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('groups:write', { summary: 'Delete a group', status: 204, conflicts: true })
  async delete(@Param('id') id: string): Promise<void> {
    const outcome = await this.groups.delete(id);
    if (outcome !== 'deleted') throw refusal({ outcome });
  }
}
