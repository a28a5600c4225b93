import { Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { ScopesService } from '#resources/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  FIXED_SCOPE_MEMBERS,
  NewScope,
  ScopeAnswer,
  scopeAnswer,
  scopeChanges,
  scopeInput,
  ScopePatch,
  scopeTranslationProblems,
} from './dto/scope.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';

/** What clients can ask for. */
@AdminController('scopes')
export class ScopesController {
  constructor(
    private readonly scopes: ScopesService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('scopes:read', { summary: 'List scopes', status: 200, items: ScopeAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ScopeAnswer>>> {
    return answerPage(query, [], (request) => this.scopes.list(request), scopeAnswer);
  }

  @Post()
  @Operation('scopes:write', {
    summary: 'Make a scope',
    status: 201,
    body: NewScope,
    answer: ScopeAnswer,
    conflicts: true,
  })
  async add(@JsonBody() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Plain<ScopeAnswer>> {
    const { message, problems } = checkMessage(NewScope, body);
    const faults = [...problems, ...scopeTranslationProblems(message)];
    refuseFaults(faults, await this.scopes.problems(scopeInput(message)));
    const result = await this.scopes.create(scopeInput(message));
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/name' });
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'scopes', result.scope.name);
    return scopeAnswer(result.scope);
  }

  @Get(':name')
  @Operation('scopes:read', { summary: 'Read a scope', status: 200, answer: ScopeAnswer })
  async read(@Param('name') name: string): Promise<Plain<ScopeAnswer>> {
    const [scope] = await this.scopes.find([name]);
    return scopeAnswer(found(scope));
  }

  @Patch(':name')
  @Operation('scopes:write', {
    summary: 'Change the words of a scope',
    status: 200,
    body: ScopePatch,
    patch: true,
    answer: ScopeAnswer,
    conflicts: true,
  })
  async change(@Param('name') name: string, @PatchBody() patch: unknown): Promise<Plain<ScopeAnswer>> {
    const result = await unlessStale(async () => {
      const [present] = await this.scopes.find([name]);
      const scope = found(present);
      const { message, problems } = patched(ScopePatch, scopeAnswer(scope), patch, FIXED_SCOPE_MEMBERS);
      refuseFaults(problems, scopeTranslationProblems(message));
      return this.scopes.update(name, scopeChanges(message), scope.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return scopeAnswer(result.scope);
  }

  @Delete(':name')
  @HttpCode(204)
  @Operation('scopes:write', { summary: 'Delete a scope', status: 204, conflicts: true })
  async delete(@Param('name') name: string): Promise<void> {
    const outcome = await this.scopes.delete(name);
    if (outcome !== 'deleted') throw refusal({ outcome });
  }
}
