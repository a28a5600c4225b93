import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { queryParameter, rawQuery, redirect, type PostedForm } from '#platform/http/index.js';
import { accountCard, EmailPage, type EmailModel } from '#views/index.js';
import { AccountForms } from '../account-forms.service.js';
import { FreshSignIn } from '../fresh-sign-in.service.js';
import type { Visit } from '../visit.js';
import { Visits } from '../visits.service.js';
import { OwnAddress } from './own-address.service.js';

const PATH = '/account/email';

/** The page where users confirm the address of their account, or ask for another one. */
@Controller('account/email')
export class EmailController {
  constructor(
    private readonly visits: Visits,
    private readonly pages: AccountForms,
    private readonly fresh: FreshSignIn,
    private readonly address: OwnAddress,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const done = queryParameter(rawQuery(request), 'done');
    if (visit !== undefined)
      this.render(reply, visit, 200, { done: done === 'sent' || done === 'asked' ? done : undefined });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.pages.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined) return;
    if (form.get('action') === 'change') await this.ask(request, reply, visit, form);
    else {
      await this.address.confirm(visit);
      void redirect(reply, `${this.issuer.path(PATH)}?done=sent`);
    }
  }

  /** The answer is the same whether or not the address is somebody's already. */
  private async ask(request: FastifyRequest, reply: FastifyReply, visit: Visit, form: PostedForm): Promise<void> {
    if (!(await this.fresh.require(visit, reply, PATH))) return;
    const address = form.get('email')?.trim() ?? '';
    const refused = await this.address.ask(request, visit, address);
    if (refused === undefined) void redirect(reply, `${this.issuer.path(PATH)}?done=asked`);
    else {
      if (typeof refused === 'object') reply.header('retry-after', refused.retryAfterSeconds);
      this.render(reply, visit, typeof refused === 'object' ? 429 : 422, { error: refused, typed: address });
    }
  }

  private render(
    reply: FastifyReply,
    visit: Visit,
    status: number,
    said: Pick<EmailModel, 'done' | 'error' | 'typed'>,
  ): void {
    const { email: address, email_verified: confirmed = false } = visit.user.claims;
    this.pages.show(
      reply,
      visit,
      EmailPage,
      {
        ...this.pages.target(PATH, visit),
        account: accountCard(visit.user),
        address,
        confirmed,
        available: this.address.canBeChanged,
        ...said,
      },
      status,
    );
  }
}
