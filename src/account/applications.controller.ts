import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsentService } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect } from '#platform/http/index.js';
import { accountCard, ApplicationsPage } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { ApprovedApplications } from './approved-applications.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/applications';

/** The page where users see what applications may do, and end it. */
@Controller('account/applications')
export class ApplicationsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly applications: ApprovedApplications,
    private readonly consent: ConsentService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    this.pages.show(reply, visit, ApplicationsPage, {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      applications: await this.applications.list(visit.user.id, visit.locale),
      notice: rawQuery(request) === 'done=withdrawn' ? { kind: 'withdrawn' } : undefined,
    });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (form === undefined) return;
    const withdrawn = form.get('action') === 'withdraw' && (await this.withdraw(visit?.user.id, form.get('id')));
    void redirect(reply, this.issuer.path(PATH) + (withdrawn ? '?done=withdrawn' : ''));
  }

  /** Ends an approval of this very user, and with it at once every token that rests on it. */
  private async withdraw(userId: string | undefined, id: string | undefined): Promise<boolean> {
    const consent = id === undefined ? undefined : await this.consent.find(id);
    if (consent === undefined || consent.userId !== userId) return false;
    return this.consent.withdraw(consent.userId, consent.clientId);
  }
}
