import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { queryParameter, rawQuery } from '#platform/http/index.js';
import { accountCard, AppsPage } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { appsWith } from './app-start.js';
import { MyApps } from './my-apps.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/apps';
const LONGEST_SEARCH = 100;
const MOST_SHOWN = 60;

/** The page where users find every application that is for them, and open it. */
@Controller('account/apps')
export class AppsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly apps: MyApps,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const search = queryParameter(rawQuery(request), 'q')?.trim().slice(0, LONGEST_SEARCH) ?? '';
    const all = await this.apps.list(visit.user);
    const found = appsWith(all, search);
    this.pages.show(reply, visit, AppsPage, {
      account: accountCard(visit.user),
      searchAction: this.issuer.path(PATH),
      search,
      apps: found.slice(0, MOST_SHOWN),
      found: found.length,
      all: all.length,
    });
  }
}
