import { Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { UserAttributes, UsersService } from '#users/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { checkMessage, invalid, refuseFaults } from './checked-message.js';
import {
  attributeChanges,
  FIXED_USER_MEMBERS,
  NewUser,
  UserAnswer,
  userAnswer,
  userChanges,
  userInput,
} from './dto/user.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { isJsonObject } from './merge-patch.js';
import { found, patched, refusal, unlessStale } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody, PatchBody } from './request-body.decorator.js';
import { UserAnswers } from './user-answers.service.js';
import { UserAccounts } from './user-accounts.service.js';

const FILTERS = ['group', 'q', 'status'] as const;

/** The people of the company. */
@AdminController('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: UserAccounts,
    private readonly attributes: UserAttributes,
    private readonly answers: UserAnswers,
    private readonly rights: CallerRights,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('users:read', { summary: 'List users', status: 200, items: UserAnswer, filters: FILTERS })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<UserAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      async (request, { q: text, ...filter }) => this.answers.page(await this.users.list({ ...filter, text }, request)),
      (answer) => answer,
    );
  }

  @Post()
  @Operation('users:write', { summary: 'Add a user', status: 201, body: NewUser, answer: UserAnswer, conflicts: true })
  async add(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<UserAnswer>> {
    const { message, problems } = checkMessage(NewUser, body);
    const input = userInput(message);
    await this.rights.requireForRank(request, undefined, input);
    refuseFaults(problems, [
      ...(await this.accounts.problems(input, message)),
      ...(await this.attributes.editProblems('administrators', input.attributes ?? {})),
    ]);
    const result = await this.accounts.create(input, { password: message.password });
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'users', result.user.id);
    return this.answers.one(result.user);
  }

  @Get(':id')
  @Operation('users:read', { summary: 'Read a user', status: 200, answer: UserAnswer })
  async read(@Param('id') id: string): Promise<Plain<UserAnswer>> {
    return this.answers.one(found(await this.users.find(id)));
  }

  @Patch(':id')
  @Operation('users:write', {
    summary: 'Change a user',
    status: 200,
    body: NewUser,
    patch: true,
    answer: UserAnswer,
    conflicts: true,
  })
  async change(
    @Param('id') id: string,
    @PatchBody() patch: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<UserAnswer>> {
    refuseRemovedPassword(patch);
    if (isJsonObject(patch) && Object.hasOwn(patch, 'password')) this.rights.requireFresh(request);
    const result = await unlessStale(async () => {
      const user = found(await this.users.find(id));
      const present = await this.answers.attributesOf(id);
      const { message, problems, removed } = patched(NewUser, userAnswer(user, present), patch, FIXED_USER_MEMBERS);
      await this.rights.requireForRank(request, user, userInput(message));
      const attributes = attributeChanges(message, present);
      refuseFaults(problems, [
        ...(await this.accounts.problems(userInput(message), message)),
        ...(await this.attributes.editProblems('administrators', attributes, present)),
      ]);
      const changes = { ...userChanges(message, removed), attributes };
      return this.accounts.update(id, changes, message.password, user.updatedAt);
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return this.answers.one(result.user);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('users:write', { summary: 'Delete a user', status: 204, conflicts: true })
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const user = found(await this.users.find(id));
    await this.rights.requireForRank(request, user, undefined);
    const outcome = await this.users.delete(id);
    if (outcome !== 'deleted') throw refusal({ outcome });
  }
}

function refuseRemovedPassword(patch: unknown): void {
  if (!isJsonObject(patch) || patch['password'] !== null) return;
  throw invalid([{ pointer: '#/password', detail: 'cannot be taken away; give another, or disable the user' }]);
}
