import { Controller, Get, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookies } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UserDepartures } from '#users/index.js';
import { accountCard, DeleteAccountPage, OutcomePage, type DeleteAccountModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/delete';

/** The page where users end their account, where the company lets them, and only right after they signed in. */
@Controller('account/delete')
export class DeleteAccountController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly fresh: FreshSignIn,
    private readonly departures: UserDepartures,
    private readonly settings: CompanySettingsService,
    private readonly cookies: BrowserCookies,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.open(request, reply);
    if (visit !== undefined && (await this.fresh.require(visit, reply, PATH))) this.page(reply, visit);
  }

  @Post()
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.open(request, reply);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined || !(await this.fresh.require(visit, reply, PATH))) return;
    if (form.get('confirm') !== 'yes') {
      this.page(reply, visit, 'missing');
      return;
    }
    if ((await this.departures.leave(visit.user.id)) === 'last-administrator') {
      this.page(reply, visit, 'lastAdministrator');
      return;
    }
    this.cookies.session.clear(reply);
    this.pages.show(reply, visit, OutcomePage, { kind: 'account-deleted' });
  }

  private async open(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit !== undefined && (await this.settings.current()).accountDeletion === 'off') throw new NotFoundException();
    return visit;
  }

  private page(reply: FastifyReply, visit: Visit, problem?: DeleteAccountModel['problem']): void {
    const model = { ...this.pages.target(PATH, visit), account: accountCard(visit.user), problem };
    this.pages.show(reply, visit, DeleteAccountPage, model, problem === undefined ? 200 : 422);
  }
}
