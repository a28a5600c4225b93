import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect } from '#platform/http/index.js';
import type { SecondFactorsModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { SecondFactorChanges } from './second-factor-changes.service.js';
import { SECOND_FACTORS_PATH, SecondFactorOverview } from './second-factor-overview.service.js';
import { Visits } from './visits.service.js';

const NOTICES: readonly NonNullable<SecondFactorsModel['notice']>[] = [
  ...(['added', 'removed', 'renamed', 'forgotten', 'needed', 'name'] as const),
];

/** The page where users see, add and remove what they prove besides their first proof. */
@Controller('account/second-factors')
export class SecondFactorsController {
  constructor(
    private readonly visits: Visits,
    private readonly forms: AccountForms,
    private readonly overview: SecondFactorOverview,
    private readonly changes: SecondFactorChanges,
    private readonly fresh: FreshSignIn,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, SECOND_FACTORS_PATH);
    if (visit === undefined) return;
    const notice = NOTICES.find((one) => rawQuery(request) === `done=${one}`);
    await this.overview.show(reply, visit, notice);
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, SECOND_FACTORS_PATH);
    const form = visit && this.forms.accept(request, reply, SECOND_FACTORS_PATH, visit);
    if (visit === undefined || form === undefined) return;
    // Only a name may be changed by whoever sits before a browser that was left open
    if (form.get('action') !== 'rename' && !(await this.fresh.require(visit, reply, SECOND_FACTORS_PATH))) return;
    if (form.get('action') === 'recovery' && (await this.overview.offersCodes(visit))) {
      await this.overview.showNewCodes(reply, visit);
      return;
    }
    const done = await this.changes.make(form, visit.user);
    void redirect(reply, this.issuer.path(SECOND_FACTORS_PATH) + (done === undefined ? '' : `?done=${done}`));
  }
}
