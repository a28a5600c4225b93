import { Get, Param, Query } from '@nestjs/common';
import { AuditService } from '#audit/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { AuditEventAnswer, auditEventAnswer } from './dto/audit-event.dto.js';
import type { Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['user_id', 'client_id', 'name', 'since', 'until'] as const;

/** What happened to users and clients. */
@AdminController('audit-events')
export class AuditEventsController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Operation('audit-events:read', {
    summary: 'List what happened, the newest first',
    status: 200,
    items: AuditEventAnswer,
    filters: FILTERS,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<AuditEventAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { user_id: userId, client_id: clientId, name, since, until }) =>
        this.audit.list({ userId, clientId, name, since: instant(since), until: instant(until) }, request),
      auditEventAnswer,
    );
  }

  @Get(':id')
  @Operation('audit-events:read', { summary: 'Read what happened', status: 200, answer: AuditEventAnswer })
  async read(@Param('id') id: string): Promise<Plain<AuditEventAnswer>> {
    return auditEventAnswer(found(await this.audit.find(id)));
  }
}

function instant(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
