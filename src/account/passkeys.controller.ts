import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { rawQuery, redirect } from '#platform/http/index.js';
import type { PasskeysModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { PasskeyChanges } from './passkey-changes.service.js';
import { PASSKEYS_PATH, PasskeyPages } from './passkey-pages.service.js';
import { Visits } from './visits.service.js';

const NOTICES: readonly NonNullable<PasskeysModel['notice']>[] = ['added', 'renamed', 'removed'];

/** The page where users see, add, rename and remove their passkeys. */
@Controller('account/passkeys')
export class PasskeysController {
  constructor(
    private readonly visits: Visits,
    private readonly forms: AccountForms,
    private readonly pages: PasskeyPages,
    private readonly changes: PasskeyChanges,
    private readonly fresh: FreshSignIn,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PASSKEYS_PATH);
    if (visit === undefined) return;
    const notice = NOTICES.find((one) => rawQuery(request) === `done=${one}`);
    await this.pages.show(request, reply, visit, { notice });
  }

  @Post()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(request, reply, PASSKEYS_PATH);
    const form = visit && this.forms.accept(request, reply, PASSKEYS_PATH, visit);
    if (visit === undefined || form === undefined) return;
    // Only a name may be changed by whoever sits before a browser that was left open
    if (form.get('action') !== 'rename' && !(await this.fresh.require(visit, reply, PASSKEYS_PATH))) return;
    const { done, problem } = await this.changes.make(form, this.pages.place(request, reply, visit));
    if (problem === undefined) void redirect(reply, this.issuer.path(PASSKEYS_PATH) + (done ? `?done=${done}` : ''));
    else await this.pages.show(request, reply, visit, { problem, status: 422 });
  }
}
