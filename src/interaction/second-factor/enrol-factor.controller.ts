import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { amrOf } from '#authentication/index.js';
import { type PostedForm } from '#platform/http/index.js';
import type { EnrolFactorModel } from '#views/index.js';
import { PendingSignIns } from '../sign-in-steps/pending-sign-ins.service.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import type { StepOutcome } from '../sign-in-steps/sign-in-progress.js';
import { SignIns } from '../sign-ins.service.js';
import { EnrolFactorPages } from './enrol-factor-pages.service.js';
import { FactorEnrolments } from './factor-enrolments.service.js';
import { EnrolmentOffers } from './enrolment-offers.service.js';
import { PasskeyEnrolments } from './passkey-enrolments.service.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

const STEP = 'enrol_factor';
/** What the app is called until its user names it on the account page. */
const APP_NAME = 'Authenticator';

const PATH = '/second-factor/enrol';

/** The page where somebody gets a second factor who cannot sign in without one. */
@Controller('second-factor/enrol')
export class EnrolFactorController {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly pages: EnrolFactorPages,
    private readonly needs: SecondFactorNeeds,
    private readonly offers: EnrolmentOffers,
    private readonly policies: SecondFactorPolicies,
    private readonly enrolments: FactorEnrolments,
    private readonly passkeys: PasskeyEnrolments,
    private readonly signIns: SignIns,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit !== undefined && (await this.isDue(request, reply, visit))) await this.show(reply, visit);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit === undefined) return;
    const form = this.pages.accept(request, visit);
    if (form === undefined) this.pending.refuse(request, reply, visit, PATH);
    else if (form.get('action') === 'cancel') await this.pending.cancel(reply, visit);
    else if (await this.isDue(request, reply, visit)) await this.act(request, reply, visit, form);
  }

  private async act(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit, form: PostedForm): Promise<void> {
    const kinds = await this.offers.kinds(visit);
    const action = form.get('action');
    if (action === 'add' && kinds.includes('totp')) await this.addApp(request, reply, visit, form);
    else if (action === 'passkey' && kinds.includes('passkey')) await this.addPasskey(request, reply, visit, form);
    else if (action === 'mail' && kinds.includes('mail_code')) {
      await this.enrolments.addMailCodes(visit.user, kinds);
      // The code itself is asked for by the step that proves factors.
      await this.signIns.proceed(request, reply, visit, { step: STEP });
    } else {
      await this.show(reply, visit);
    }
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
    const { user } = visit;
    const code = form.get('code')?.trim() ?? '';
    const sealed = form.get('key') ?? '';
    const added = code === '' ? 'missing' : await this.enrolments.addApp(user, { sealed, code, name: APP_NAME });
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

  /** Whether somebody is to enrol here; if not, the sign-in goes on. */
  private async isDue(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): Promise<boolean> {
    if ((await this.needs.of(visit.pending, visit)).need === 'enrol') return true;
    await this.signIns.proceed(request, reply, visit, { step: STEP });
    return false;
  }

  private async show(
    reply: FastifyReply,
    visit: SignInVisit,
    error?: EnrolFactorModel['error'],
    sealed?: string,
  ): Promise<void> {
    const offers = await this.offers.at(visit, sealed);
    this.pages.show(reply, visit, error === undefined ? 200 : 422, { ...offers, error });
  }
}
