import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { Scope } from '#resources/index.js';
import { standingApprovals, type Approvals } from './standing-approvals.js';

/** Finds what users approved earlier, and what it is worth now. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly consent: ConsentService,
    private readonly clock: Clock,
  ) {}

  async of(
    userId: string,
    asked: { readonly client: Client; readonly scopes: readonly Scope[] },
    now = this.clock.now(),
  ): Promise<Approvals> {
    return standingApprovals(await this.consent.remembered(userId, asked.client.clientId), asked, now);
  }
}
