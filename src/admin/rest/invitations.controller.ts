import { Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvitationsService } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import { InvitationAnswer, invitationAnswer, invitationInput, NewInvitation } from './dto/invitation.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found, notFound, refusal } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody } from './request-body.decorator.js';

/** Invitations to make an account, sent by mail. */
@AdminController('invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly rights: CallerRights,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('invitations:read', { summary: 'List invitations', status: 200, items: InvitationAnswer })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<InvitationAnswer>>> {
    return answerPage(query, [], (request) => this.invitations.list(request), invitationAnswer);
  }

  @Post()
  @Operation('invitations:write', {
    summary: 'Invite somebody',
    status: 201,
    body: NewInvitation,
    answer: InvitationAnswer,
    conflicts: true,
  })
  async invite(
    @JsonBody() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<InvitationAnswer>> {
    const { message, problems } = checkMessage(NewInvitation, body);
    // Whoever may invite must not be able to make an administrator by it.
    await this.rights.requireAllForAdministrator(request, message.groups ?? []);
    const input = invitationInput(message);
    refuseFaults(problems, problems.length > 0 ? [] : await this.invitations.problems(input));
    this.refuseWhereNobodyCanAccept();
    const result = await this.invitations.create(input);
    if (result.outcome !== 'created') throw refusal(result);
    setLocation(reply, this.issuer, 'invitations', result.invitation.id);
    return invitationAnswer(result.invitation);
  }

  @Get(':id')
  @Operation('invitations:read', { summary: 'Read an invitation', status: 200, answer: InvitationAnswer })
  async read(@Param('id') id: string): Promise<Plain<InvitationAnswer>> {
    return invitationAnswer(found(await this.invitations.find(id)));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Operation('invitations:write', {
    summary: 'Send an invitation again, valid as long as a new one',
    status: 200,
    answer: InvitationAnswer,
    conflicts: true,
  })
  async resend(@Param('id') id: string): Promise<Plain<InvitationAnswer>> {
    found(await this.invitations.find(id)); // what is not there is that first, whatever the settings
    this.refuseWhereNobodyCanAccept();
    const result = await this.invitations.resend(id);
    if (result.outcome === 'unknown') throw notFound();
    if (result.outcome !== 'sent') throw new ProblemDetails({ status: 409, detail: 'It was accepted already.' });
    return invitationAnswer(result.invitation);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('invitations:write', { summary: 'Take an invitation back', status: 204 })
  async remove(@Param('id') id: string): Promise<void> {
    if (!(await this.invitations.remove(id))) throw notFound();
  }

  private refuseWhereNobodyCanAccept(): void {
    if (this.invitations.offered) return;
    const detail = 'Nobody can accept an invitation here: SIGN_UP is off, or no mail can be sent.';
    throw new ProblemDetails({ status: 409, detail });
  }
}
