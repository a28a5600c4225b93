import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { amrOf } from '#authentication/index.js';
import type { PostedForm } from '#platform/http/index.js';
import type { EnrolFactorModel } from '#views/index.js';
import type { StepOutcome } from '../sign-in-steps/sign-in-progress.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { SignIns } from '../sign-ins.service.js';
import { EnrolFactorPages } from './enrol-factor-pages.service.js';
import { EnrolmentOffers } from './enrolment-offers.service.js';
import { FactorEnrolments } from './factor-enrolments.service.js';
import { PasskeyEnrolments } from './passkey-enrolments.service.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

const STEP = 'enrol_factor';
/** What the app is called until its user names it on the account page. */
const APP_NAME = 'Authenticator';

/** Sets up the factor that somebody chose who cannot sign in without one. */
@Injectable()
export class EnrolFactorAnswers {
  constructor(
    private readonly offers: EnrolmentOffers,
    private readonly enrolments: FactorEnrolments,
    private readonly passkeys: PasskeyEnrolments,
    private readonly policies: SecondFactorPolicies,
    private readonly pages: EnrolFactorPages,
    private readonly signIns: SignIns,
  ) {}

  /** Does what the form asks for, as far as it is offered. */
  async act(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit, form: PostedForm): Promise<void> {
    const kinds = await this.offers.kinds(visit);
    const action = form.get('action');
    if (action === 'add' && kinds.includes('totp')) await this.addApp(request, reply, visit, form);
    else if (action === 'passkey' && kinds.includes('passkey')) await this.addPasskey(request, reply, visit, form);
    else if (action === 'mail' && kinds.includes('mail_code')) {
      await this.enrolments.addMailCodes(visit.user, kinds);
      // The code itself is asked for by the step that proves factors.
      await this.pass(request, reply, visit);
    } else {
      await this.show(reply, visit);
    }
  }

  /** Goes on where nothing needs to be set up any more. */
  async pass(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<void> {
    await this.signIns.proceed(request, reply, visit, { step: STEP });
  }

  async show(
    reply: FastifyReply,
    visit: SignInVisit,
    error?: EnrolFactorModel['error'],
    sealed?: string,
  ): Promise<void> {
    const offers = await this.offers.at(visit, sealed);
    this.pages.show(reply, visit, error === undefined ? 200 : 422, { ...offers, error });
  }

  private async addPasskey(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    form: PostedForm,
  ): Promise<void> {
    const outcome = await this.passkeys.add(visit, form.get('passkey') ?? '');
    if (outcome === 'registered') await this.added(request, reply, visit, { step: STEP });
    else await this.show(reply, visit, { kind: 'passkey', problem: outcome });
  }

  private async addApp(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    form: PostedForm,
  ): Promise<void> {
    const code = form.get('code')?.trim() ?? '';
    const sealed = form.get('key') ?? '';
    const added = code === '' ? 'missing' : await this.enrolments.addApp(visit.user, { sealed, code, name: APP_NAME });
    if (added !== 'added') {
      await this.show(reply, visit, { kind: added === 'too-many' ? 'expired' : added }, sealed);
      return;
    }
    // Whoever typed the app's code has proven it.
    await this.added(request, reply, visit, { step: STEP, amr: amrOf('totp'), factor: 'totp' });
  }

  /** Goes on with a first factor; recovery codes that come with it are shown before. */
  private async added(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: SignInVisit,
    outcome: StepOutcome,
  ): Promise<void> {
    const { kinds } = await this.policies.holdingFor(visit.user, visit.client);
    const codes = await this.enrolments.firstRecoveryCodes(visit.user, kinds);
    if (codes === undefined) await this.signIns.proceed(request, reply, visit, outcome);
    else this.pages.show(reply, await this.signIns.note(visit, outcome), 200, { recoveryCodes: codes });
  }
}
