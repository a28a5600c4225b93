import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { accountCard, HistoryPage, Places } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { SecurityHistory } from './security-history.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/history';

/** The page where users see what happened with their account. */
@Controller('account/history')
export class HistoryController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly history: SecurityHistory,
    private readonly places: Places,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const path = this.issuer.path(PATH);
    const after = queryParameter(rawQuery(request), 'after');
    const page = await this.history.page(visit.user.id, after);
    if (page === undefined) {
      void redirect(reply, path);
      return;
    }
    this.pages.show(reply, visit, HistoryPage, {
      account: accountCard(visit.user),
      entries: page.items.map((entry) => ({ ...entry, place: this.places.nameOf(entry.address, visit.locale) })),
      older: page.nextCursor === null ? undefined : `${path}?after=${page.nextCursor}`,
      newest: after === undefined ? undefined : path,
    });
  }
}
