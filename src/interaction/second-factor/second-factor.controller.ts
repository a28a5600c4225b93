import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodeMails } from '#authentication/index.js';
import { queryParameter, rawQuery, redirect, type PostedForm } from '#platform/http/index.js';
import type { SecondFactorWay } from '#views/index.js';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SecondFactorAnswers } from './second-factor-answers.service.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';
import { SecondFactorPages, type AskedWay } from './second-factor-pages.service.js';
import { StepUps } from './step-ups.service.js';

/** The ways in the order in which they are offered. */
const WAYS: readonly SecondFactorWay[] = ['totp', 'passkey', 'mail_code', 'recovery_codes'];

const PATH = '/second-factor';

/** The page that asks for a second factor: during a sign-in, or of somebody who is signed in and of whom more is asked. */
@Controller('second-factor')
export class SecondFactorController {
  constructor(
    private readonly stepUps: StepUps,
    private readonly pages: SecondFactorPages,
    private readonly needs: SecondFactorNeeds,
    private readonly answers: SecondFactorAnswers,
    private readonly codes: CodeMails,
    private readonly pending: PendingSignIns,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.stepUps.open(request, reply);
    const asked = visit && (await this.asked(request, reply, visit, queryParameter(rawQuery(request), 'way')));
    if (visit !== undefined && asked !== undefined) await this.pages.show(reply, visit, asked);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit === undefined) return;
    const form = this.pages.accept(request, visit);
    if (form === undefined) {
      this.pending.refuse(request, reply, visit, PATH);
      return;
    }
    const asked = await this.asked(request, reply, visit, form.get('way'));
    if (asked !== undefined) await this.act(request, reply, visit, asked, form);
  }

  private async act(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    asked: AskedWay,
    form: PostedForm,
  ): Promise<void> {
    const action = form.get('action');
    if (action === 'cancel') await this.pending.cancel(reply, visit);
    else if (action === 'send') await this.send(reply, visit, asked);
    else await this.answers.judge(request, reply, visit, asked, form);
  }

  private async send(reply: FastifyReply, visit: SignInVisit, asked: AskedWay): Promise<void> {
    const { user, pending, browser } = visit;
    if (asked.way !== 'mail_code') {
      await this.pages.show(reply, visit, asked);
      return;
    }
    const mail = await this.codes.send(user, { signInId: pending.id, browser });
    if (mail.outcome === 'sent') {
      void redirect(reply, this.pages.href(visit, 'mail_code'));
      return;
    }
    if (mail.outcome === 'too-many') reply.header('retry-after', mail.retryAfterSeconds);
    const error = mail.outcome === 'too-many' ? { ...mail, kind: mail.outcome } : { kind: mail.outcome };
    await this.pages.show(reply, visit, asked, { status: 429, error });
  }

  /** What to ask, by the wished way if the user has it; undefined when nothing needs to be asked any more, which was answered. */
  private async asked(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    wished: string | undefined,
  ): Promise<AskedWay | undefined> {
    const needed = await this.needs.of(visit.pending, visit);
    const ways = needed.need === 'prove' ? WAYS.filter((way) => needed.kinds.includes(way)) : [];
    const way = ways.find((one) => one === wished) ?? ways[0];
    if (way !== undefined) return { way, ways };
    await this.answers.pass(request, reply, visit);
    return undefined;
  }
}
