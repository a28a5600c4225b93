import { Injectable } from '@nestjs/common';
import { ConsentService, type Consent } from '#consent/index.js';
import { guardedCell } from '../user-files/csv-cells.js';
import { consentAnswer } from '../rest/dto/consent.dto.js';
import type { EndedConsents } from './consent-endings.service.js';

const AT_ONCE = 200;

/** The forms of the file: a consent a line, or what was allowed a line. */
export const CONSENT_FILE_FORMATS = ['jsonl', 'csv'] as const;

const COLUMNS = [
  'id',
  'user_id',
  'client_id',
  'scope',
  'claim',
  'given_by',
  'approved_at',
  'decided_at',
  'expires_at',
] as const;

/** Writes what users allowed clients to a file, page by page, so that its length takes no memory. */
@Injectable()
export class ConsentExports {
  constructor(private readonly consents: ConsentService) {}

  /** The text of the file, in pieces. */
  async *run(filter: EndedConsents, format: (typeof CONSENT_FILE_FORMATS)[number]): AsyncIterable<string> {
    const { stringify } = await import('csv-stringify/sync');
    if (format === 'csv') yield stringify([[...COLUMNS]]);
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.consents.list(filter, { limit: AT_ONCE, cursor });
      if (format === 'csv') yield stringify(items.flatMap(rowsOf));
      else yield items.map((consent) => `${JSON.stringify(consentAnswer(consent))}\n`).join('');
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

/** A row for each scope, and for each claim that was allowed alone. */
function rowsOf(consent: Consent): string[][] {
  const { id, user_id: userId, client_id: clientId, scopes, claims } = consentAnswer(consent);
  const parts = [...scopes.map((part) => ({ claim: '', ...part })), ...claims.map((part) => ({ scope: '', ...part }))];
  return parts.map(({ scope, claim, given_by: giver, approved_at: since, decided_at: decided, expires_at: until }) =>
    [id, userId, clientId, scope, claim, giver, since, decided, until ?? ''].map(guardedCell),
  );
}
