import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect } from '#platform/http/index.js';
import { AccountPage, NextStepsPage } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { Overview } from './overview.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account';

/** The first page of a signed-in user. */
@Controller()
export class OverviewController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly overview: Overview,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  enter(@Res() reply: FastifyReply): void {
    void redirect(reply, this.issuer.path(PATH));
  }

  @Get('account')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit !== undefined) this.pages.show(reply, visit, AccountPage, await this.overview.of(visit));
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
