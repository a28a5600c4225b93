import { Delete, Get, HttpCode, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { SessionAnswer, sessionAnswer } from './dto/session.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['user_id'] as const;

/** Browsers' sign-ins. */
@AdminController('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly rights: CallerRights,
  ) {}

  @Get()
  @Operation('sessions:read', { summary: 'List sessions', status: 200, items: SessionAnswer, filters: FILTERS })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<SessionAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { user_id: userId }) => this.sessions.list(userId === undefined ? {} : { userId }, request),
      sessionAnswer,
    );
  }

  @Get(':id')
  @Operation('sessions:read', { summary: 'Read a session', status: 200, answer: SessionAnswer })
  async read(@Param('id') id: string): Promise<Plain<SessionAnswer>> {
    return sessionAnswer(found(await this.sessions.find(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('sessions:write', { summary: 'End a session', status: 204 })
  async end(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { userId } = found(await this.sessions.find(id));
    const user = await this.users.find(userId);
    await this.rights.requireForRank(request, user, user);
    found(await this.sessions.end(id));
  }
}
