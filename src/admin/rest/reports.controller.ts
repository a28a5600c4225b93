import { Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ClientReports } from '#clients/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { ClientReportAnswer, clientReportAnswer } from './dto/client-report.dto.js';
import type { Plain } from './member.decorators.js';
import { found, notFound } from './outcomes.js';
import { answerPage, type PageAnswer } from './paging.js';

const FILTERS = ['client_id', 'user_id'] as const;

/** What users tell of clients that nobody here has checked. */
@AdminController('reports')
export class ReportsController {
  constructor(private readonly reports: ClientReports) {}

  @Get()
  @Operation('reports:read', {
    summary: 'List reports about clients, the newest first',
    status: 200,
    items: ClientReportAnswer,
    filters: FILTERS,
  })
  list(@Query() query: unknown): Promise<PageAnswer<Plain<ClientReportAnswer>>> {
    return answerPage(
      query,
      FILTERS,
      (request, { client_id: clientId, user_id: userId }) => this.reports.list({ clientId, userId }, request),
      clientReportAnswer,
    );
  }

  @Get(':id')
  @Operation('reports:read', { summary: 'Read a report about a client', status: 200, answer: ClientReportAnswer })
  async read(@Param('id') id: string): Promise<Plain<ClientReportAnswer>> {
    return clientReportAnswer(found(await this.reports.find(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('reports:write', { summary: 'Settle a report that was looked into', status: 204 })
  async settle(@Param('id') id: string): Promise<void> {
    if (!(await this.reports.settle(id))) throw notFound();
  }
}
