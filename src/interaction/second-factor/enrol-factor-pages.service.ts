import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormGuard, type PostedForm } from '#platform/http/index.js';
import { accountCard, EnrolFactorPage, type EnrolFactorModel } from '#views/index.js';
import { Pages } from '../pages.service.js';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';

const PATH = '/second-factor/enrol';

/** Shows the page on which a second factor is set up during a sign-in, and takes only the form that it holds (RFC 9700 §4.7). */
@Injectable()
export class EnrolFactorPages {
  constructor(
    private readonly pages: Pages,
    private readonly pending: PendingSignIns,
    private readonly forms: FormGuard,
  ) {}

  accept(request: FastifyRequest, visit: SignInVisit): PostedForm | undefined {
    return this.forms.accept(request, bindings(visit));
  }

  show(
    reply: FastifyReply,
    visit: SignInVisit,
    status: number,
    content: Omit<EnrolFactorModel, 'action' | 'csrf' | 'account' | 'signInPath'>,
  ): void {
    const action = this.pending.address(PATH, visit.interaction);
    const account = { ...accountCard(visit.user), email: undefined };
    const csrf = this.forms.issue(bindings(visit));
    const signInPath = this.pending.address('/sign-in', visit.interaction);
    this.pages.showStep(reply, visit, status, EnrolFactorPage, { ...content, action, csrf, account, signInPath });
  }
}

function bindings({ browser, pending }: SignInVisit): string[] {
  return [PATH, browser, pending.id];
}
