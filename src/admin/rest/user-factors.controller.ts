import { Delete, Get, HttpCode, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { KeptFactors } from '#authentication/index.js';
import { UsersService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { FactorAnswer, factorAnswer } from './dto/user-factor.dto.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, pageOf, type PageAnswer } from './paging.js';

/** What a user proves who they are with besides a password: seen, and taken away when its user has lost it. */
@AdminController('users/:id/factors')
export class UserFactorsController {
  constructor(
    private readonly users: UsersService,
    private readonly factors: KeptFactors,
    private readonly rights: CallerRights,
  ) {}

  @Get()
  @Operation('users:read', { summary: 'List the factors of a user', status: 200, items: FactorAnswer })
  async list(@Param('id') id: string, @Query() query: unknown): Promise<PageAnswer<Plain<FactorAnswer>>> {
    found(await this.users.find(id));
    const kept = await this.factors.listByUser(id);
    return answerPage(
      query,
      [],
      (request) => Promise.resolve(pageOf(kept, (factor) => factor.id, request)),
      factorAnswer,
    );
  }

  @Get(':factor_id')
  @Operation('users:read', { summary: 'Read about a factor of a user', status: 200, answer: FactorAnswer })
  async read(@Param('id') id: string, @Param('factor_id') factorId: string): Promise<Plain<FactorAnswer>> {
    return factorAnswer(found(await this.factors.find(id, factorId)));
  }

  @Delete(':factor_id')
  @HttpCode(204)
  @Operation('users:write', { summary: 'Remove a factor that its user has lost', sensitive: true, status: 204 })
  async remove(
    @Param('id') id: string,
    @Param('factor_id') factorId: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const user = found(await this.users.find(id));
    await this.rights.requireForRank(request, user, user);
    if (!(await this.factors.remove(id, factorId))) throw notFound();
  }
}
