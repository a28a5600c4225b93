import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, rawQuery, redirect } from '#platform/http/index.js';
import { accountCard, OutcomePage, SessionsPage, type SessionsModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { SignOuts } from './sign-outs.service.js';
import { SignedInBrowsers } from './signed-in-browsers.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/sessions';

type Notice = NonNullable<SessionsModel['notice']>['kind'];
const NOTICES: readonly Notice[] = ['ended', 'others-ended'];

/** The page where users see in which browsers they are signed in, and sign out any of them, or all. */
@Controller('account/sessions')
export class SessionsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly browsers: SignedInBrowsers,
    private readonly signOuts: SignOuts,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const done = NOTICES.find((kind) => rawQuery(request) === `done=${kind}`);
    this.pages.show(reply, visit, SessionsPage, {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      sessions: await this.browsers.list(visit),
      notice: done && { kind: done },
    });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined) return;
    const done = await this.signOuts.make(form, visit);
    if (done === 'own' || done === 'all') this.cookies.session.clear(reply);
    if (done === 'all') {
      const onwardPath = this.issuer.path('/sign-in');
      this.pages.show(reply, visit, OutcomePage, { kind: 'signed-out-everywhere', onwardPath });
      return;
    }
    const notice = NOTICES.find((kind) => kind === done);
    void redirect(reply, this.issuer.path(PATH) + (notice === undefined ? '' : `?done=${notice}`));
  }
}
