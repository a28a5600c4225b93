import { Injectable } from '@nestjs/common';
import { ConsentService } from '#consent/index.js';
import { SessionsService } from '#sessions/index.js';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { accountCard, type AccountModel } from '#views/index.js';
import { Attention } from './attention.service.js';
import { MyApps } from './my-apps.service.js';
import type { Visit } from './visit.js';

const MOST_APPS = 9;

/** What a user sees first: their applications, what needs attention, and a few facts. */
@Injectable()
export class Overview {
  constructor(
    private readonly apps: MyApps,
    private readonly attention: Attention,
    private readonly consent: ConsentService,
    private readonly sessions: SessionsService,
  ) {}

  async of(visit: Visit): Promise<AccountModel> {
    const { user } = visit;
    const apps = await this.apps.list(user);
    const attention = await this.attention.list(visit);
    const applications = await this.consent.listByUser(user.id);
    const sessions = await this.sessions.listByUser(user.id);
    return {
      account: accountCard(user),
      apps: apps.slice(0, MOST_APPS),
      allApps: apps.length,
      attention,
      applications: applications.length,
      sessions: sessions.length,
      administrator: user.groups.includes(ADMINISTRATORS_GROUP),
    };
  }
}
