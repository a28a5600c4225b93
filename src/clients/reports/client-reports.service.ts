import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import type { Page, PageRequest } from '#platform/database/index.js';
import type { ClientReportRow } from './client-report.entity.js';
import type { ClientReport } from './client-report.js';
import { ClientReportsRepository, type ReportFilter } from './client-reports.repository.js';

/** A report is kept for a year, unless an administrator settles it before. */
const KEPT_MS = 365 * 86_400_000;

/** What users tell of clients that nobody here has checked, for administrators to look at. */
@Injectable()
export class ClientReports {
  constructor(
    private readonly reports: ClientReportsRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Keeps what a user tells of a client; who tells again has changed their words. */
  async tell(report: Pick<ClientReport, 'clientId' | 'userId' | 'reason' | 'words'>): Promise<void> {
    const { clientId, userId, reason, words = null } = report;
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    await this.reports.put({ id: this.random.id(), clientId, userId, reason, words, createdAt, expiresAt });
  }

  /** One page of the reports that fit the filter, the newest first. */
  async list(filter: ReportFilter, request: PageRequest): Promise<Page<ClientReport>> {
    const page = await this.reports.list(filter, request);
    return { ...page, items: page.items.map(reportFrom) };
  }

  async find(id: string): Promise<ClientReport | undefined> {
    const row = await this.reports.find(id);
    return row && reportFrom(row);
  }

  /** Takes away a report that was looked into; false when there is none. */
  settle(id: string): Promise<boolean> {
    return this.reports.remove(id);
  }
}

function reportFrom({ words, ...row }: ClientReportRow): ClientReport {
  return { ...row, words: words ?? undefined };
}
