import { Readable } from 'node:stream';
import { Get, Param, Query, StreamableFile } from '@nestjs/common';
import { AuditService, type AuditFilter } from '#audit/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { AuditExports, LINES_TYPE } from './audit-exports.service.js';
import { invalid } from './checked-message.js';
import { AuditEventAnswer, auditEventAnswer } from './dto/audit-event.dto.js';
import { isInstant, type Plain } from './member.decorators.js';
import { found } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';
import { queryMembers } from './query-members.js';

const FILTERS = ['user_id', 'client_id', 'name', 'since', 'until'] as const;

const EXPORT_QUERY = {
  user_id: { about: 'Only what happened to this user.' },
  client_id: { about: 'Only what is about this client.' },
  name: { about: 'Only events of this name.' },
  since: { about: 'Not before.' },
  until: { about: 'Before.' },
} as const;

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
      (request, wished) => this.audit.list(filterOf(wished), request),
      auditEventAnswer,
    );
  }

  @Get(':id')
  @Operation('audit-events:read', { summary: 'Read what happened', status: 200, answer: AuditEventAnswer })
  async read(@Param('id') id: string): Promise<Plain<AuditEventAnswer>> {
    return auditEventAnswer(found(await this.audit.find(id)));
  }
}

/** The record as a file, the newest first. */
@AdminController('audit-event-exports')
export class AuditEventExportsController {
  constructor(private readonly exports: AuditExports) {}

  @Get()
  @Operation('audit-events:read', {
    summary: 'Write what happened to a file',
    status: 200,
    downloads: [LINES_TYPE],
    query: EXPORT_QUERY,
  })
  all(@Query() query: unknown): StreamableFile {
    const wished = queryMembers(query, EXPORT_QUERY);
    const faults = (['since', 'until'] as const).filter((name) => !isInstant(wished[name] ?? '2026-01-01T00:00:00Z'));
    if (faults.length > 0) throw invalid(faults.map((name) => ({ pointer: `#/${name}`, detail: NO_INSTANT })));
    const lines = Readable.from(this.exports.lines(filterOf(wished)));
    return new StreamableFile(lines, { type: LINES_TYPE, disposition: 'attachment; filename="audit-events.jsonl"' });
  }
}

const NO_INSTANT = 'must be a time such as 2026-12-31T23:59:59Z';

type Wished = { readonly [N in (typeof FILTERS)[number]]?: string | undefined };

function filterOf({ user_id: userId, client_id: clientId, name, since, until }: Wished): AuditFilter {
  return { userId, clientId, name, since: instant(since), until: instant(until) };
}

function instant(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
