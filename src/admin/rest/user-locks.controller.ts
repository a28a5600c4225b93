import { Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignInLocks } from '#authentication/index.js';
import { UsersService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { UserLock } from './dto/user-lock.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';

/** What closes an account after too many failures. */
@AdminController('users/:id/lock')
export class UserLocksController {
  constructor(
    private readonly users: UsersService,
    private readonly locks: SignInLocks,
    private readonly rights: CallerRights,
  ) {}

  @Get()
  @Operation('users:read', { summary: 'Read whether failures have closed an account', status: 200, answer: UserLock })
  async read(@Param('id') id: string): Promise<Plain<UserLock>> {
    return this.locks.find(found(await this.users.find(id)));
  }

  @Delete()
  @HttpCode(204)
  @Operation('users:write', { summary: 'Let a user try to sign in again at once', status: 204 })
  async unlock(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const user = found(await this.users.find(id));
    await this.rights.requireForRank(request, user, user);
    await this.locks.unlock(user);
  }
}
