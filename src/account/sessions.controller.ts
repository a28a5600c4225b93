import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RememberedBrowsers } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, rawQuery, redirect, type PostedForm } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { accountCard, SessionsPage, type SessionsModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/sessions';

type Notice = NonNullable<SessionsModel['notice']>['kind'];
const NOTICES: readonly Notice[] = ['ended', 'others-ended'];

/** The page where users see in which browsers they are signed in, and sign out the others. */
@Controller('account/sessions')
export class SessionsController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly sessions: SessionsService,
    private readonly browsers: RememberedBrowsers,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const sessions = await this.sessions.listByUser(visit.user.id);
    const done = NOTICES.find((kind) => rawQuery(request) === `done=${kind}`);
    this.pages.show(reply, visit, SessionsPage, {
      ...this.pages.target(PATH, visit),
      account: accountCard(visit.user),
      sessions: sessions.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
        id,
        current: id === visit.session.id,
        userAgent,
        address,
        startedAt: createdAt,
        lastSeenAt,
      })),
      notice: done && { kind: done },
    });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const form = this.pages.accept(request, reply, PATH, visit);
    if (form === undefined) return;
    const done = await this.end(form, visit, reply);
    void redirect(reply, this.issuer.path(PATH) + (done === undefined ? '' : `?done=${done}`));
  }

  private async end(form: PostedForm, { user, session }: Visit, reply: FastifyReply): Promise<Notice | undefined> {
    if (form.get('action') === 'end-others') {
      await this.sessions.endAll(user.id, session.id);
      // Wherever they were signed in, nothing may be easier than in a browser that has never been here.
      await this.browsers.forgetAll(user.id);
      return 'others-ended';
    }
    const chosen = form.get('action') === 'end' ? await this.sessions.find(form.get('id') ?? '') : undefined;
    if (chosen?.userId !== user.id) return undefined;
    await this.sessions.end(chosen.id);
    if (chosen.id === session.id) this.cookies.session.clear(reply);
    return 'ended';
  }
}
