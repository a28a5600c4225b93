import { Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { ConsentEndings } from '../approvals/consent-endings.service.js';
import { BULK_STATES } from '../jobs/bulk-job.js';
import { BulkJobs } from '../jobs/bulk-jobs.service.js';
import { Revocations } from '../revocations/revocations.service.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { checkMessage, invalid, refuseFaults } from './checked-message.js';
import { endingProblems, NewConsentEnding } from './dto/consent-ending.dto.js';
import { JobAnswer, jobAnswer } from './dto/job.dto.js';
import { NewRevocation, selectorProblems } from './dto/revocation.dto.js';
import { setLocation } from './locations.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { JsonBody } from './request-body.decorator.js';
import { camelMembers } from './wire-names.js';

/** Work on many records, and how far it has got. */
@AdminController('jobs')
export class JobsController {
  constructor(
    private readonly jobs: BulkJobs,
    private readonly revocations: Revocations,
    private readonly consentEndings: ConsentEndings,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  @Operation('jobs:read', {
    summary: 'List work on many records, the newest first',
    status: 200,
    items: JobAnswer,
    filters: ['state'],
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<JobAnswer>>> {
    return answerPage(
      query,
      ['state'],
      (request, { state }) => {
        const known = state === undefined || BULK_STATES.some((one) => one === state);
        if (!known) throw invalid([{ pointer: '#/state', detail: `must be one of ${BULK_STATES.join(', ')}` }]);
        return this.jobs.list(state, request);
      },
      jobAnswer,
    );
  }

  @Get(':id')
  @Operation('jobs:read', { summary: 'Read how far work has got', status: 200, answer: JobAnswer })
  async read(@Param('id') id: string): Promise<Plain<JobAnswer>> {
    return jobAnswer(found(await this.jobs.find(id)));
  }

  @Post('revocations')
  @Operation('jobs:write', {
    summary:
      'End everything that was issued to a user, a client, in a session, from a network, in a time or with a key',
    status: 201,
    body: NewRevocation,
    answer: JobAnswer,
    sensitive: true,
  })
  async begin(@JsonBody() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Plain<JobAnswer>> {
    const { message, problems } = checkMessage(NewRevocation, body);
    refuseFaults(problems, selectorProblems(message));
    const job = await this.revocations.begin(camelMembers(message));
    setLocation(reply, this.issuer, 'jobs', job.id);
    return jobAnswer(job);
  }

  @Post('consent-endings')
  @Operation('jobs:write', {
    summary: 'End approvals of a user, of a client or of a scope, and what rests on them',
    status: 201,
    body: NewConsentEnding,
    answer: JobAnswer,
    sensitive: true,
  })
  async endConsents(
    @JsonBody() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<JobAnswer>> {
    const { message, problems } = checkMessage(NewConsentEnding, body);
    refuseFaults(problems, endingProblems(message));
    const job = await this.consentEndings.begin(camelMembers(message));
    setLocation(reply, this.issuer, 'jobs', job.id);
    return jobAnswer(job);
  }
}
