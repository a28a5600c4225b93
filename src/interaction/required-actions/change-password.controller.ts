import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordsService } from '#authentication/index.js';
import { NewPasswordPage, type NewPasswordProblem } from '#views/index.js';
import { StepTurns } from '../sign-in-steps/step-turns.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { DemandedPasswords } from './demanded-passwords.service.js';
import { ChangePasswordStep } from './required-action.steps.js';
import { StepPages } from './step-pages.service.js';

/** The page on which a user who signs in must choose another password. */
@Controller('sign-in/change-password')
export class ChangePasswordController {
  constructor(
    private readonly step: ChangePasswordStep,
    private readonly turns: StepTurns,
    private readonly demanded: DemandedPasswords,
    private readonly passwords: PasswordsService,
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
    const problem = await this.demanded.choose(visit, form.get('password') ?? '');
    if (problem !== undefined) await this.ask(reply, visit, 422, problem);
    else await this.signIns.proceed(request, reply, visit, { step: this.step.name });
  }

  private async ask(
    reply: FastifyReply,
    visit: SignInVisit,
    status: number,
    problem?: NewPasswordProblem,
  ): Promise<void> {
    this.pages.show(reply, visit, status, NewPasswordPage, {
      ...this.pages.target(this.step.path, visit),
      username: visit.user.username,
      minimumPasswordLength: await this.passwords.minimumLength(),
      problem,
      demanded: true,
    });
  }
}
