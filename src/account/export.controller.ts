import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { accountCard, OwnDataPage } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { OwnData } from './own-data.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/export';

/** The page where users take away what is kept of them. */
@Controller('account/export')
export class ExportController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly fresh: FreshSignIn,
    private readonly data: OwnData,
    private readonly settings: CompanySettingsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const { accountDeletion } = await this.settings.current();
    this.pages.show(reply, visit, OwnDataPage, {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      deletePath: accountDeletion === 'off' ? undefined : this.issuer.path('/account/delete'),
    });
  }

  /** A file, and only right after a sign-in: it holds more than any page shows at once. */
  @Post()
  async download(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined || !(await this.fresh.require(visit, reply, PATH))) return;
    void reply
      .code(200)
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="account.json"')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(await this.data.of(visit.user), null, 2));
  }
}
