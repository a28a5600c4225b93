import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmailVerifications } from '#authentication/index.js';
import { queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { UsersService } from '#users/index.js';
import { VerifyEmailPage, type VerifyEmailModel } from '#views/index.js';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { VerifyEmailStep } from './required-action.steps.js';
import { StepPages } from './step-pages.service.js';

/** The page on which a user who signs in must confirm the address of the account. */
@Controller('sign-in/verify-email')
export class VerifyEmailController {
  constructor(
    private readonly step: VerifyEmailStep,
    private readonly pending: PendingSignIns,
    private readonly verifications: EmailVerifications,
    private readonly users: UsersService,
    private readonly pages: StepPages,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    const sent = queryParameter(rawQuery(request), 'done') === 'sent';
    if (visit !== undefined) this.ask(reply, visit, 200, sent ? 'sent' : undefined);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    const form = visit && this.pages.accept(request, reply, this.step.path, visit);
    if (visit === undefined || form === undefined) return;
    if (form.get('action') === 'send') await this.send(reply, visit);
    else if (visit.user.claims.email_verified !== true) this.ask(reply, visit, 422, 'not-yet');
    else await this.goOn(request, reply, visit);
  }

  private async send(reply: FastifyReply, visit: SignInVisit): Promise<void> {
    await this.verifications.send(visit.user, visit.locale);
    const address = this.pages.address(this.step.path, visit);
    void redirect(reply, `${address}${address.includes('?') ? '&' : '?'}done=sent`);
  }

  private async goOn(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<void> {
    const { id, requiredActions } = visit.user;
    await this.users.update(id, { requiredActions: requiredActions.filter((action) => action !== 'verify_email') });
    await this.signIns.proceed(request, reply, visit, { step: this.step.name });
  }

  private ask(reply: FastifyReply, visit: SignInVisit, status: number, said: VerifyEmailModel['said']): void {
    this.pages.show(reply, visit, status, VerifyEmailPage, {
      ...this.pages.target(this.step.path, visit),
      address: visit.user.claims.email ?? '',
      said,
    });
  }
}
