import { Readable } from 'node:stream';
import { Get, Query, StreamableFile } from '@nestjs/common';
import { CONSENT_FILE_FORMATS, ConsentExports } from '../approvals/consent-exports.service.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { LINES_TYPE } from './audit-exports.service.js';
import { invalid } from './checked-message.js';
import { queryMembers } from './query-members.js';

const TYPES = { jsonl: LINES_TYPE, csv: 'text/csv' } as const;

const EXPORT_QUERY = {
  user_id: { about: 'Only what this user allowed.' },
  client_id: { about: 'Only what this client was allowed.' },
  scope: { about: 'Only approvals of this scope.' },
  format: { about: `${CONSENT_FILE_FORMATS.join(' or ')}; jsonl unless said.` },
} as const;

/** What users allowed clients, as a file. */
@AdminController('consent-exports')
export class ConsentExportsController {
  constructor(private readonly exports: ConsentExports) {}

  @Get()
  @Operation('consents:read', {
    summary: 'Write consents to a file',
    status: 200,
    downloads: Object.values(TYPES),
    query: EXPORT_QUERY,
  })
  all(@Query() query: unknown): StreamableFile {
    const { user_id: userId, client_id: clientId, scope, format: wished = 'jsonl' } = queryMembers(query, EXPORT_QUERY);
    const format = CONSENT_FILE_FORMATS.find((one) => one === wished);
    if (format === undefined) {
      throw invalid([{ pointer: '#/format', detail: `must be one of ${CONSENT_FILE_FORMATS.join(', ')}` }]);
    }
    const text = Readable.from(this.exports.run({ userId, clientId, scope }, format));
    const type = format === 'csv' ? `${TYPES.csv}; charset=utf-8` : TYPES.jsonl;
    return new StreamableFile(text, { type, disposition: `attachment; filename="consents.${format}"` });
  }
}
