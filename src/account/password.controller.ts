import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordsService } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect } from '#platform/http/index.js';
import { accountCard, OwnPasswordPage, type OwnPasswordModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { PasswordChanges } from './password-changes.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = '/account/password';
const NOTICES: readonly NonNullable<OwnPasswordModel['notice']>[] = ['changed', 'set'];

/** The page where users change their password, or choose their first one: only right after they signed in. */
@Controller('account/password')
export class PasswordController {
  constructor(
    private readonly visits: Visits,
    private readonly forms: AccountForms,
    private readonly fresh: FreshSignIn,
    private readonly changes: PasswordChanges,
    private readonly passwords: PasswordsService,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined) return;
    const notice = NOTICES.find((one) => rawQuery(request) === `done=${one}`);
    if (notice === undefined && !(await this.fresh.require(visit, reply, PATH))) return;
    await this.page(reply, visit, { notice, endsOthers: true });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PATH);
    const form = visit && this.forms.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined || !(await this.fresh.require(visit, reply, PATH))) return;
    if (await this.changes.areElsewhere(visit)) {
      void redirect(reply, this.issuer.path(PATH));
      return;
    }
    const done = (await this.passwords.has(visit.user.id)) ? 'changed' : 'set';
    const chosen = { password: form.get('password') ?? '', endsOthers: form.get('others') === 'end' };
    const problem = await this.changes.make(visit, chosen);
    if (problem === undefined) void redirect(reply, `${this.issuer.path(PATH)}?done=${done}`);
    else await this.page(reply, visit, { problem, endsOthers: chosen.endsOthers }, 422);
  }

  private async page(
    reply: FastifyReply,
    visit: Visit,
    shown: Pick<OwnPasswordModel, 'notice' | 'problem' | 'endsOthers'>,
    status = 200,
  ): Promise<void> {
    const { user } = visit;
    const elsewhere = await this.changes.areElsewhere(visit);
    const model = {
      ...this.forms.target(PATH, visit),
      ...shown,
      account: accountCard(user),
      username: user.username,
      minimumPasswordLength: await this.passwords.minimumLength(),
      hasPassword: await this.passwords.has(user.id),
      elsewhere,
    };
    this.forms.show(reply, visit, OwnPasswordPage, model, status);
  }
}
