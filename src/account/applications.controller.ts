import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsentService, type Consent } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect, type PostedForm } from '#platform/http/index.js';
import { accountCard, ApplicationsPage, type ApplicationsModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { ApprovedApplications } from './approved-applications.service.js';
import { UnusedAccessService } from './unused-access/unused-access.service.js';
import { Visits } from './visits.service.js';

const PATH = '/account/applications';

const DONE = ['withdrawn', 'narrowed', 'unused'] as const;

type Done = (typeof DONE)[number];

/** The page where users see what applications may do, and end it. */
@Controller('account/applications')
export class ApplicationsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly applications: ApprovedApplications,
    private readonly consent: ConsentService,
    private readonly issuer: IssuerSettings,
    private readonly unused: UnusedAccessService,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    this.pages.show(reply, visit, ApplicationsPage, {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      ...(await this.applications.list(visit.user.id, visit.locale)),
      notice: noticeOf(rawQuery(request)),
    });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined) return;
    const done = await this.done(visit.user.id, form);
    void redirect(reply, this.issuer.path(PATH) + (done === undefined ? '' : `?done=${done}`));
  }

  private async done(userId: string, form: PostedForm): Promise<Done | undefined> {
    if (form.get('action') === 'withdraw-unused') return (await this.unused.takeBack(userId)) ? 'unused' : undefined;
    const consent = await this.own(userId, form.get('id'));
    return consent && this.act(consent, form);
  }

  /** Ends an approval or a part of it, and with it at once what rests on that in every token. */
  private async act(consent: Consent, form: PostedForm): Promise<Done | undefined> {
    switch (form.get('action')) {
      case 'withdraw':
        return (await this.consent.withdraw(consent.userId, consent.clientId)) ? 'withdrawn' : undefined;
      case 'narrow':
        return (await this.applications.keep(consent, form.all('scope'))) ? 'narrowed' : undefined;
      default:
        return undefined;
    }
  }

  /** The approval of that id, if it is of this very user. */
  private async own(userId: string, id: string | undefined): Promise<Consent | undefined> {
    const consent = id === undefined ? undefined : await this.consent.find(id);
    return consent?.userId === userId ? consent : undefined;
  }
}

function noticeOf(query: string): ApplicationsModel['notice'] {
  const kind = DONE.find((candidate) => query === `done=${candidate}`);
  return kind && { kind };
}
