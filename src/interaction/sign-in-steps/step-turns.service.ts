import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redirect } from '#platform/http/index.js';
import { SignIns } from '../sign-ins.service.js';
import { PendingSignIns } from './pending-sign-ins.service.js';
import { nextStep, SIGN_IN_STEPS, type SignInStep } from './sign-in-step.js';
import type { SignInVisit } from './sign-in-visit.js';

/** Opens the page of a step only when it is its turn: nobody changes or reads anything there before they have proven all that comes first. */
@Injectable()
export class StepTurns {
  constructor(
    @Inject(SIGN_IN_STEPS) private readonly steps: readonly SignInStep[],
    private readonly pending: PendingSignIns,
    private readonly signIns: SignIns,
  ) {}

  /** The visit; undefined when the reader was sent to the page whose turn it is, or on. */
  async open(request: FastifyRequest, reply: FastifyReply, { name }: SignInStep): Promise<SignInVisit | undefined> {
    const visit = await this.pending.open(request, reply);
    if (visit === undefined) return undefined;
    const { step: due } = await nextStep(this.steps, visit.pending, visit);
    if (due?.name === name) return visit;
    if (due === undefined) await this.signIns.proceed(request, reply, visit, { step: name });
    else void redirect(reply, this.pending.address(due.path, visit.interaction));
    return undefined;
  }
}
