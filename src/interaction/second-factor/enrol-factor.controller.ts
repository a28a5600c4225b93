import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { EnrolFactorAnswers } from './enrol-factor-answers.service.js';
import { EnrolFactorPages } from './enrol-factor-pages.service.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';

const PATH = '/second-factor/enrol';

/** The page where somebody gets a second factor who cannot sign in without one. */
@Controller('second-factor/enrol')
export class EnrolFactorController {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly pages: EnrolFactorPages,
    private readonly needs: SecondFactorNeeds,
    private readonly answers: EnrolFactorAnswers,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit !== undefined && (await this.isDue(request, reply, visit))) await this.answers.show(reply, visit);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit === undefined) return;
    const form = this.pages.accept(request, visit);
    if (form === undefined) this.pending.refuse(request, reply, visit, PATH);
    else if (form.get('action') === 'cancel') await this.pending.cancel(reply, visit);
    else if (await this.isDue(request, reply, visit)) await this.answers.act(request, reply, visit, form);
  }

  /** Whether somebody is to enrol here; if not, the sign-in goes on. */
  private async isDue(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<boolean> {
    if ((await this.needs.of(visit.pending, visit)).need === 'enrol') return true;
    await this.answers.pass(request, reply, visit);
    return false;
  }
}
