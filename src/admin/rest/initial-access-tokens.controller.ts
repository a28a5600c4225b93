import { Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InitialAccessTokensService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  INITIAL_ACCESS_TOKEN_BOUNDS,
  InitialAccessTokenAnswer,
  initialAccessTokenAnswer,
  MadeInitialAccessToken,
  madeInitialAccessToken,
  NewInitialAccessTokenMembers,
} from './dto/initial-access-token.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { OptionalJsonBody } from './request-body.decorator.js';

/** The rights to register clients that are given to whoever runs them (RFC 7591 §1.2). */
@AdminController('initial-access-tokens')
export class InitialAccessTokensController {
  constructor(
    private readonly tokens: InitialAccessTokensService,
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('initial-access-tokens:read', {
    summary: 'List initial access tokens',
    status: 200,
    items: InitialAccessTokenAnswer,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<InitialAccessTokenAnswer>>> {
    return answerPage(query, [], (request) => this.tokens.list(request), initialAccessTokenAnswer);
  }

  @Post()
  @Operation('initial-access-tokens:write', {
    summary: 'Issue an initial access token',
    sensitive: true,
    status: 201,
    body: NewInitialAccessTokenMembers,
    bodyOptional: true,
    answer: MadeInitialAccessToken,
  })
  async issue(
    @OptionalJsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<MadeInitialAccessToken>> {
    const { message, problems } = checkMessage(NewInitialAccessTokenMembers, body);
    refuseFaults(problems, faultsOf(message, this.clock.now()));
    const { description, max_uses: maxUses, expires_at: end } = message;
    const expiresAt = end === undefined ? undefined : new Date(end);
    const token = await this.tokens.create({ description, maxUses, expiresAt });
    setLocation(reply, this.issuer, 'initial-access-tokens', token.id);
    return madeInitialAccessToken(token);
  }

  @Get(':id')
  @Operation('initial-access-tokens:read', {
    summary: 'Read about an initial access token',
    status: 200,
    answer: InitialAccessTokenAnswer,
  })
  async read(@Param('id') id: string): Promise<Plain<InitialAccessTokenAnswer>> {
    return initialAccessTokenAnswer(found(await this.tokens.find(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('initial-access-tokens:write', { summary: 'Revoke an initial access token', status: 204 })
  async revoke(@Param('id') id: string): Promise<void> {
    if (!(await this.tokens.revoke(id))) throw notFound();
  }
}

function faultsOf({ description, max_uses, expires_at }: NewInitialAccessTokenMembers, now: Date): FieldProblem[] {
  const { description: longest, uses: most } = INITIAL_ACCESS_TOKEN_BOUNDS;
  const faults: FieldProblem[] = [];
  if (description !== undefined && (description.trim() === '' || description.length > longest)) {
    faults.push({ pointer: '#/description', detail: `must have 1 to ${longest} characters` });
  }
  if (max_uses !== undefined && (max_uses < 1 || max_uses > most)) {
    faults.push({ pointer: '#/max_uses', detail: `must be from 1 to ${most}` });
  }
  if (expires_at !== undefined && !(new Date(expires_at) > now)) {
    faults.push({ pointer: '#/expires_at', detail: 'must be in the future' });
  }
  return faults;
}
