import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConsentService, type Consent } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import type { BulkJobRow } from '../jobs/bulk-job.entity.js';
import type { BulkStep, BulkWork } from '../jobs/bulk-job.js';
import { BulkJobs } from '../jobs/bulk-jobs.service.js';

const KIND = 'consent-ending';
const AT_ONCE = 50;

/** Which approvals end: those that all the members fit; with a scope, that scope of them and nothing else. */
export interface EndedConsents {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly scope?: string | undefined;
}

/** The same as it is kept with the work: what is allowed while it is done stays. */
interface Wanted extends EndedConsents {
  /** RFC 3339: not after. */
  readonly until: string;
}

/** Ends approvals by user, client and scope: counted first, then step by step, each at once in every token. */
@Injectable()
export class ConsentEndings implements OnModuleInit, BulkWork {
  constructor(
    private readonly jobs: BulkJobs,
    private readonly consents: ConsentService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(KIND, this);
  }

  /** Counts what is meant and leaves it to be done. */
  begin(filter: EndedConsents): Promise<BulkJobRow> {
    return this.transactions.run(async () => {
      const total = await this.consents.count(filter);
      const parameters: Wanted = { ...filter, until: this.clock.now().toISOString() };
      return this.jobs.add({ kind: KIND, parameters, total, result: { counted: { consents: total } } });
    });
  }

  async step(parameters: object, position: string | undefined): Promise<BulkStep> {
    const { until, ...filter } = parameters as Wanted;
    const { items, nextCursor } = await this.consents.list(filter, { limit: AT_ONCE, cursor: position });
    let done = 0;
    for (const consent of items) {
      if (lastDecided(consent, filter.scope) > new Date(until)) continue;
      if (await this.end(consent, filter.scope)) done += 1;
    }
    return { done, position: nextCursor ?? undefined };
  }

  private end({ id }: Consent, scope: string | undefined): Promise<boolean> {
    return scope === undefined ? this.consents.withdrawById(id) : this.consents.narrowById(id, [scope]);
  }
}

/** When what is to end was decided: a user who has allowed it anew meanwhile means it. */
function lastDecided({ scopes, createdAt }: Consent, name: string | undefined): Date {
  const meant = name === undefined ? scopes : scopes.filter(({ scope }) => scope === name);
  const times = meant.map(({ approvedAt, decidedAt = approvedAt }) => decidedAt.getTime());
  return new Date(Math.max(createdAt.getTime(), ...times));
}
