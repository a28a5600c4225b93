import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsentService } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { accountCard, AccountPage, NextStepsPage } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account';

/** The first page of a signed-in user. */
@Controller()
export class OverviewController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly consent: ConsentService,
    private readonly sessions: SessionsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  enter(@Res() reply: FastifyReply): void {
    void redirect(reply, this.issuer.path(PATH));
  }

  @Get('account')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const { user } = visit;
    const applications = await this.consent.listByUser(user.id);
    const sessions = await this.sessions.listByUser(user.id);
    this.pages.show(reply, visit, AccountPage, {
      account: accountCard(user),
      applications: applications.length,
      sessions: sessions.length,
      administrator: user.groups.includes(ADMINISTRATORS_GROUP),
    });
  }

  /** Where a new administrator arrives after set-up. */
  @Get('account/next-steps')
  async nextSteps(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, `${PATH}/next-steps`);
    if (visit === undefined) return;
    this.pages.show(reply, visit, NextStepsPage, {
      issuer: this.issuer.issuer,
      discoveryUrl: this.issuer.url('/.well-known/openid-configuration'),
      docsUrl: this.issuer.url('/api/docs'),
      accountUrl: this.issuer.url(PATH),
    });
  }
}
