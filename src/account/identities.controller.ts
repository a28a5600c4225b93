import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { accountCard, IDENTITY_PROBLEMS, IdentitiesPage, type IdentitiesModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { LinkedIdentities, type LinkingPlace } from './linked-identities.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/identities';
const NOTICES: readonly NonNullable<IdentitiesModel['notice']>[] = ['linked', 'unlinked'];

/** The page where users see which accounts elsewhere lead here, link others, and end links. */
@Controller('account/identities')
export class IdentitiesController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly linked: LinkedIdentities,
    private readonly fresh: FreshSignIn,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const query = rawQuery(request);
    const said = queryParameter(query, 'upstream');
    const notice = NOTICES.find((one) => query === `done=${one}`);
    const problem = IDENTITY_PROBLEMS.find((one) => one === said);
    await this.page(request, reply, visit, { notice, problem });
  }

  /** Sends the browser to the provider, which only asks who it is there; what comes of it is asked on the page (RFC 9700 §4.7). */
  @Get(':slug')
  async depart(@Param('slug') slug: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined || !(await this.fresh.require(visit, reply, PATH))) return;
    const url = await this.linked.departure(slug, this.place(request, reply, visit));
    void redirect(reply, url ?? `${this.issuer.path(PATH)}?upstream=unavailable`);
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined || !(await this.fresh.require(visit, reply, PATH))) return;
    const { done, problem } = await this.linked.change(form, this.place(request, reply, visit));
    if (problem === undefined) void redirect(reply, this.issuer.path(PATH) + (done ? `?done=${done}` : ''));
    else await this.page(request, reply, visit, { problem });
  }

  private place(request: FastifyRequest, reply: FastifyReply, { user, session }: Visit): LinkingPlace {
    return { userId: user.id, sessionId: session.id, browser: this.cookies.browserId(request, reply) };
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    said: Pick<IdentitiesModel, 'notice' | 'problem'>,
  ): Promise<void> {
    const model = {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      ...(await this.linked.list(this.place(request, reply, visit))),
      ...said,
    };
    this.pages.show(reply, visit, IdentitiesPage, model, request.method === 'POST' ? 422 : 200);
  }
}
