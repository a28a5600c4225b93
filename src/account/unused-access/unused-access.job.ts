import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConsentService, type Consent } from '#consent/index.js';
import { Gatherings, JobsService } from '#platform/jobs/index.js';
import { due, type UnusedAccessRules } from './unused-access.js';
import { UnusedAccessNotices } from './unused-access-notices.service.js';
import { UnusedAccessService } from './unused-access.service.js';

const DAY_SECONDS = 86_400;
const BATCH = 200;

/** Removes access that nobody uses, once a day where the company wants that: after its users were told. */
@Injectable()
export class UnusedAccessJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly gatherings: Gatherings,
    private readonly consents: ConsentService,
    private readonly unused: UnusedAccessService,
    private readonly notices: UnusedAccessNotices,
  ) {}

  onModuleInit(): void {
    this.jobs.register('unused-access', DAY_SECONDS, (signal) => this.run(signal));
  }

  /** One turn of the job. */
  async run(signal: AbortSignal): Promise<void> {
    const rules = await this.unused.rules();
    if (rules?.noticeDays === undefined) return;
    await this.gatherings.flush(); // what was used just now is in use
    let cursor: string | undefined;
    do {
      const page = await this.consents.list({}, { limit: BATCH, cursor });
      await this.judge(page.items, rules, signal);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && !signal.aborted);
  }

  private async judge(consents: readonly Consent[], rules: UnusedAccessRules, signal: AbortSignal): Promise<void> {
    for (const found of await this.unused.among(consents, rules)) {
      if (signal.aborted) return;
      const removals = due(found.access, found.notices, rules);
      if (removals.due.length > 0) await this.unused.removeDue(found, rules);
      if (removals.untold.length > 0) await this.notices.tell(found.consent.userId, rules);
    }
  }
}
