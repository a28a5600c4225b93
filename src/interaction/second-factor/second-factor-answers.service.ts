import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RememberedBrowsers, SecondFactorAuthenticator } from '#authentication/index.js';
import { clientAddress, type PostedForm } from '#platform/http/index.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { DemandedFactors } from './demanded-factors.js';
import { SecondFactorPages, type AskedWay } from './second-factor-pages.service.js';

const STEP = 'second_factor';

/** Judges what somebody answered who was asked for a second factor. */
@Injectable()
export class SecondFactorAnswers {
  constructor(
    private readonly authenticator: SecondFactorAuthenticator,
    private readonly pages: SecondFactorPages,
    private readonly browsers: RememberedBrowsers,
    private readonly demanded: DemandedFactors,
    private readonly signIns: SignIns,
  ) {}

  async judge(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    asked: AskedWay,
    form: PostedForm,
  ): Promise<void> {
    const answer = (asked.way === 'passkey' ? form.get('passkey') : form.get('code'))?.trim() ?? '';
    if (answer === '') {
      await this.pages.show(reply, visit, asked, { status: 422, error: { kind: 'missing' } });
      return;
    }
    const { user, browser, pending } = visit;
    const attempt = { kind: asked.way, answer, browser, signInId: pending.id, address: clientAddress(request) };
    const result = await this.authenticator.authenticate(user, attempt);
    if (result.outcome === 'throttled') {
      reply.header('retry-after', result.retryAfterSeconds);
      await this.pages.show(reply, visit, asked, { status: 429, error: { ...result, kind: 'throttled' } });
    } else if (result.outcome === 'refused') {
      await this.pages.show(reply, visit, asked, { status: 422, error: { kind: 'refused' } });
    } else {
      if (form.get('remember') === 'yes' && asked.way !== 'recovery_codes') await this.remember(request, visit);
      await this.demanded.proven(user, asked.way);
      await this.signIns.proceed(request, reply, visit, { step: STEP, amr: result.amr, factor: asked.way });
    }
  }

  /** Goes on where nothing needs to be asked any more. */
  async pass(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<void> {
    await this.signIns.proceed(request, reply, visit, { step: STEP });
  }

  private async remember(request: FastifyRequest, { user, browser }: SignInVisit): Promise<void> {
    await this.browsers.remember(user.id, browser, request.headers['user-agent']);
  }
}
