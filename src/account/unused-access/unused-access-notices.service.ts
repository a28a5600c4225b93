import { Injectable } from '@nestjs/common';
import { ConsentNotices, ConsentService } from '#consent/index.js';
import { Mails } from '#mails/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersService } from '#users/index.js';
import { unusedAccessMail } from '#views/index.js';
import { due, type UnusedAccessRules } from './unused-access.js';
import { UnusedAccessService } from './unused-access.service.js';

const DAY_MS = 86_400_000;

/** Tells users by mail which applications will lose access that nobody uses; whoever cannot be told keeps it. */
@Injectable()
export class UnusedAccessNotices {
  constructor(
    private readonly unused: UnusedAccessService,
    private readonly consents: ConsentService,
    private readonly notices: ConsentNotices,
    private readonly users: UsersService,
    private readonly mails: Mails,
    private readonly transactions: Transactions,
  ) {}

  /** Tells a user once of all that nobody uses and that nothing was said of yet; the mail and the note of it are one. */
  async tell(userId: string, rules: UnusedAccessRules): Promise<void> {
    const { noticeDays, now } = rules;
    const user = this.mails.available ? await this.users.find(userId) : undefined;
    const { email, locale, zoneinfo } = user?.claims ?? {};
    if (noticeDays === undefined || user?.status !== 'active' || email === undefined) return;
    const found = await this.unused.among(await this.consents.listByUser(userId), rules);
    const untold = found.filter(({ access, notices }) => due(access, notices, rules).untold.length > 0);
    if (untold.length === 0) return;
    await this.transactions.run(async () => {
      for (const { consent, access, notices } of untold) {
        await this.notices.note(consent.id, { ...notices, ...toldNow(due(access, notices, rules).untold, now) });
      }
      await this.mails.send(unusedAccessMail, {
        ...{ to: email, locale, timeZone: zoneinfo },
        applications: untold.map(({ consent, client, access: { all, parts } }) => ({
          name: client?.clientName ?? consent.clientId,
          all,
          since: new Date(Math.max(...parts.map(({ since }) => since.getTime()))),
        })),
        removedOn: new Date(now.getTime() + noticeDays * DAY_MS),
      });
    });
  }
}

function toldNow(names: readonly string[], now: Date): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, now.getTime()]));
}
