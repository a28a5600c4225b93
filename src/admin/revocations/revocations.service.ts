import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { IssuedTokens } from '#tokens/index.js';
import type { BulkJobRow } from '../jobs/bulk-job.entity.js';
import type { BulkStep, BulkWork } from '../jobs/bulk-job.js';
import { BulkJobs } from '../jobs/bulk-jobs.service.js';
import { RevocationMarks } from './revocation-marks.service.js';
import {
  issuedSelection,
  selectsGrants,
  selectsSessions,
  sessionFits,
  type RevocationSelector,
} from './revocation-selector.js';

const KIND = 'revocation';
const SESSIONS_AT_ONCE = 100;
const GRANTS_AT_ONCE = 100;
/** Steps begin with the sessions; a position after this says where in their list. */
const SESSIONS = 'sessions ';
const GRANTS = 'grants';

/** Ends what was issued, by what it was issued to, from where, when, and with which key: counted first, then step by step. */
@Injectable()
export class Revocations implements OnModuleInit, BulkWork {
  constructor(
    private readonly jobs: BulkJobs,
    private readonly issued: IssuedTokens,
    private readonly sessions: SessionsService,
    private readonly marks: RevocationMarks,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(KIND, this);
  }

  /** Counts what has rows, ends at once by a mark what has none, and leaves the rest to be done. */
  begin(wanted: Omit<RevocationSelector, 'until'> & { readonly until?: string | undefined }): Promise<BulkJobRow> {
    const now = this.clock.now();
    const until = wanted.until === undefined || new Date(wanted.until) > now ? now.toISOString() : wanted.until;
    const selector: RevocationSelector = { ...wanted, until };
    return this.transactions.run(async () => {
      const counted = await this.count(selector);
      const marked = await this.marks.set(selector);
      const total = counted.sessions + counted.grants + counted.opaque_tokens;
      const result = { counted, ...marked };
      return this.jobs.add({ kind: KIND, parameters: selector, total, result });
    });
  }

  step(parameters: object, position = SESSIONS): Promise<BulkStep> {
    const selector = parameters as RevocationSelector;
    return position.startsWith(SESSIONS)
      ? this.endSessions(selector, position.slice(SESSIONS.length))
      : this.endGrants(selector);
  }

  private async count(selector: RevocationSelector) {
    const none = { grants: 0, opaqueTokens: 0 };
    const { grants, opaqueTokens } = selectsGrants(selector)
      ? await this.issued.count(issuedSelection(selector))
      : none;
    let [sessions, hanging] = [0, 0];
    for await (const session of this.selectedSessions(selector)) {
      sessions += 1;
      if (selectsGrants(selector)) continue;
      hanging += (await this.issued.count({ sessionId: session.id, until: this.clock.now() })).grants;
    }
    return { sessions, grants: grants + hanging, opaque_tokens: opaqueTokens };
  }

  private async endSessions(selector: RevocationSelector, cursor: string): Promise<BulkStep> {
    if (!selectsSessions(selector)) return { done: 0, position: GRANTS };
    const request = { limit: SESSIONS_AT_ONCE, cursor: cursor === '' ? undefined : cursor };
    const { items, nextCursor } = await this.sessions.list({ userId: selector.userId }, request);
    let done = 0;
    for (const { id } of items.filter(sessionFits(selector))) done += await this.endSession(id, selector);
    return { done, position: nextCursor === null ? GRANTS : `${SESSIONS}${nextCursor}` };
  }

  /** With what hangs on it, which `offline_access` would let live on. */
  private async endSession(sessionId: string, selector: RevocationSelector): Promise<number> {
    let done = 0;
    if (!selectsGrants(selector)) {
      const all = { sessionId, until: this.clock.now() };
      for (let ended = 1; ended > 0; done += ended) ended = await this.issued.endSome(all, GRANTS_AT_ONCE);
    }
    return (await this.sessions.end(sessionId)) === undefined ? done : done + 1;
  }

  private async endGrants(selector: RevocationSelector): Promise<BulkStep> {
    if (!selectsGrants(selector)) return { done: 0, position: undefined };
    const done = await this.issued.endSome(issuedSelection(selector), GRANTS_AT_ONCE);
    return { done, position: done === 0 ? undefined : GRANTS };
  }

  private async *selectedSessions(selector: RevocationSelector): AsyncIterable<Session> {
    if (!selectsSessions(selector)) return;
    const fits = sessionFits(selector);
    for (let cursor: string | undefined = undefined; ;) {
      const page: Awaited<ReturnType<SessionsService['list']>> = await this.sessions.list(
        { userId: selector.userId },
        { limit: SESSIONS_AT_ONCE, cursor },
      );
      yield* page.items.filter(fits);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
}
