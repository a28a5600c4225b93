import { Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { PageRequest } from '#platform/database/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { CHANGE_STATES, LONGEST_REASON, type ChangeRequest } from '../changes/change-request.js';
import { ChangeRequests, type ChangeDecision } from '../changes/change-requests.service.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ApprovedChanges } from './approvals/approved-changes.service.js';
import { ApprovedDocumentsGuard } from './approvals/approved-documents.guard.js';
import { ChangeRights, isSame } from './approvals/change-rights.service.js';
import { currentParty } from './approvals/four-eyes.service.js';
import { CallerRights } from './caller-rights.service.js';
import { checkMessage, invalid, refuseFaults } from './checked-message.js';
import { ChangeRequestAnswer, changeRequestAnswer, Rejection } from './dto/change-request.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { OptionalJsonBody } from './request-body.decorator.js';
import { AdminActs } from './requests/admin-acts.service.js';

const FILTERS = ['client_id', 'state'] as const;
const readIt = () => [ChangeRequestsController, 'read'] as const;
const DECIDED = { status: 200, answer: ChangeRequestAnswer, conflicts: true, actsOn: readIt } as const;

/** Changes that wait for a second person, where the company wants two for what is sensitive. */
@AdminController('change-requests')
export class ChangeRequestsController {
  constructor(
    private readonly changes: ChangeRequests,
    private readonly approved: ApprovedChanges,
    private readonly mayDecide: ChangeRights,
    private readonly rights: CallerRights,
    private readonly acts: AdminActs,
  ) {}

  @Get()
  @Operation('clients:read', {
    summary: 'List changes that wait for an approval, and what became of them, the newest first',
    status: 200,
    items: ChangeRequestAnswer,
    filters: FILTERS,
  })
  list(@Query() query: unknown, @Req() request: FastifyRequest): Promise<PageAnswer<Plain<ChangeRequestAnswer>>> {
    const list = async (page: PageRequest, filter: { client_id?: string; state?: string }) => {
      const state = CHANGE_STATES.find((one) => one === filter.state);
      if (filter.state !== undefined && state === undefined) {
        throw invalid([{ pointer: '#/state', detail: `must be one of ${CHANGE_STATES.join(', ')}` }]);
      }
      const [kinds, ownerId] = [await this.mayDecide.visible(request), this.rights.onlyOwner(request)];
      return this.changes.list({ state, clientId: filter.client_id, ownerId, kinds }, page);
    };
    return answerPage(query, FILTERS, list, changeRequestAnswer);
  }

  @Get(':id')
  @Operation('clients:read', {
    summary: 'Read a change that waits for an approval, with what it changes',
    status: 200,
    answer: ChangeRequestAnswer,
  })
  async read(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Plain<ChangeRequestAnswer>> {
    return changeRequestAnswer(await this.visible(request, id));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @UseGuards(ApprovedDocumentsGuard)
  @Operation('clients:write', {
    ...DECIDED,
    summary: 'Approve what somebody else asked for, which makes the change',
    sensitive: true,
    faults: true,
  })
  async approve(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Plain<ChangeRequestAnswer>> {
    const change = await this.visible(request, id);
    const by = currentParty();
    this.mayDecide.requirePerson(by);
    await this.mayDecide.requireToDecide(request, change, by);
    await this.decide(change, { state: 'approved', by });
    const { before, after, clientId } = await this.approved.make(request, change);
    if (clientId !== undefined) await this.changes.noteClient(change, clientId);
    const act = change.kind === 'client.register' ? 'create' : 'update';
    const target = `change-request ${id}: ${change.kind}`;
    await this.acts.record({ act, target, before, after, clientId, requestedBy: change.requestedBy });
    return changeRequestAnswer(found(await this.changes.find(id)));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Operation('clients:write', {
    ...DECIDED,
    summary: 'Reject what somebody else asked for',
    body: Rejection,
    bodyOptional: true,
  })
  async reject(
    @Param('id') id: string,
    @OptionalJsonBody() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Plain<ChangeRequestAnswer>> {
    const { message, problems } = checkMessage(Rejection, body);
    const { reason } = message;
    const tooLong = (reason?.length ?? 0) > LONGEST_REASON;
    const detail = `must have at most ${LONGEST_REASON} characters`;
    refuseFaults(problems, tooLong ? [{ pointer: '#/reason', detail }] : []);
    const change = await this.visible(request, id);
    const by = currentParty();
    await this.mayDecide.requireToDecide(request, change, by);
    await this.decide(change, { state: 'rejected', by, reason });
    return changeRequestAnswer(found(await this.changes.find(id)));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Operation('clients:write', { ...DECIDED, summary: 'Withdraw what one asked for oneself' })
  async withdraw(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Plain<ChangeRequestAnswer>> {
    const change = await this.visible(request, id);
    const by = currentParty();
    if (!isSame(change.requestedBy, by)) {
      throw new ProblemDetails({ status: 403, detail: 'Only whoever asked for it withdraws it.' });
    }
    await this.decide(change, { state: 'withdrawn', by });
    return changeRequestAnswer(found(await this.changes.find(id)));
  }

  private async visible(request: FastifyRequest, id: string): Promise<ChangeRequest> {
    const change = found(await this.changes.find(id));
    await this.mayDecide.requireVisible(request, change);
    return change;
  }

  /** Of several decisions at once one is made; who comes later, or too late, is told. */
  private async decide(change: ChangeRequest, decision: ChangeDecision): Promise<void> {
    if (await this.changes.decide(change, decision)) return;
    throw new ProblemDetails({ status: 409, detail: 'It was decided, withdrawn or left too long.' });
  }
}
