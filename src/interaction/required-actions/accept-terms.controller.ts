import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptTermsPage } from '#views/index.js';
import { StepTurns } from '../sign-in-steps/step-turns.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { AcceptTermsStep } from './required-action.steps.js';
import { StepPages } from './step-pages.service.js';
import { TermsAcceptances } from './terms-acceptances.service.js';

/** The page on which a user who signs in must accept the terms of the company. */
@Controller('sign-in/accept-terms')
export class AcceptTermsController {
  constructor(
    private readonly step: AcceptTermsStep,
    private readonly turns: StepTurns,
    private readonly terms: TermsAcceptances,
    private readonly pages: StepPages,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.turns.open(request, reply, this.step);
    if (visit !== undefined) await this.ask(reply, visit, 200);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.turns.open(request, reply, this.step);
    const form = visit && this.pages.accept(request, reply, this.step.path, visit);
    if (visit === undefined || form === undefined) return;
    // The version that was shown counts, and no other that came meanwhile.
    const accepted =
      form.get('accept_terms') === 'yes' && (await this.terms.accept(visit.user.id, form.get('version')));
    if (!accepted) await this.ask(reply, visit, 422);
    else await this.signIns.proceed(request, reply, visit, { step: this.step.name });
  }

  private async ask(reply: FastifyReply, visit: SignInVisit, status: number): Promise<void> {
    const { termsVersion: version, termsUri: uri } = await this.terms.present();
    const model = { ...this.pages.target(this.step.path, visit), version, uri, missing: status === 422 };
    this.pages.show(reply, visit, status, AcceptTermsPage, model);
  }
}
