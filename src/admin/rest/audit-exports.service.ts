import { Injectable } from '@nestjs/common';
import { AuditService, type AuditFilter } from '#audit/index.js';
import { auditEventAnswer } from './dto/audit-event.dto.js';

/** The media type of lines of JSON. */
export const LINES_TYPE = 'application/x-ndjson';

const AT_ONCE = 500;

/** Writes what happened as lines of JSON, page by page, so that its length takes no memory. */
@Injectable()
export class AuditExports {
  constructor(private readonly audit: AuditService) {}

  /** The text of the file, in pieces. */
  async *lines(filter: AuditFilter): AsyncIterable<string> {
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.audit.list(filter, { limit: AT_ONCE, cursor });
      if (items.length > 0) yield items.map((event) => `${JSON.stringify(auditEventAnswer(event))}\n`).join('');
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}
