import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmailVerifications } from '#authentication/index.js';
import { queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { VerifyEmailPage, type VerifyEmailModel } from '#views/index.js';
import { StepTurns } from '../sign-in-steps/step-turns.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { VerifyEmailStep } from './required-action.steps.js';
import { StepPages } from './step-pages.service.js';

/** The page on which a user who signs in must confirm the address of the account. */
@Controller('sign-in/verify-email')
export class VerifyEmailController {
  constructor(
    private readonly step: VerifyEmailStep,
    private readonly turns: StepTurns,
    private readonly verifications: EmailVerifications,
    private readonly pages: StepPages,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.turns.open(request, reply, this.step);
    const sent = queryParameter(rawQuery(request), 'done') === 'sent';
    if (visit !== undefined) this.ask(reply, visit, 200, sent ? 'sent' : undefined);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.turns.open(request, reply, this.step);
    const form = visit && this.pages.accept(request, reply, this.step.path, visit);
    if (visit === undefined || form === undefined) return;
    // Once the address is confirmed, it is no longer the turn of this page.
    if (form.get('action') === 'send') await this.send(reply, visit);
    else this.ask(reply, visit, 422, 'not-yet');
  }

  private async send(reply: FastifyReply, visit: SignInVisit): Promise<void> {
    await this.verifications.send(visit.user, visit.locale);
    const address = this.pages.address(this.step.path, visit);
    void redirect(reply, `${address}${address.includes('?') ? '&' : '?'}done=sent`);
  }

  private ask(reply: FastifyReply, visit: SignInVisit, status: number, said: VerifyEmailModel['said']): void {
    this.pages.show(reply, visit, status, VerifyEmailPage, {
      ...this.pages.target(this.step.path, visit),
      address: visit.user.claims.email ?? '',
      said,
    });
  }
}
