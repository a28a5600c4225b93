import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { appName } from '#authentication/index.js';
import { FactorEnrolments, SecondFactorPolicies } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect } from '#platform/http/index.js';
import { accountCard, AuthenticatorAppPage, type AuthenticatorAppModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import { SECOND_FACTORS_PATH } from './second-factor-overview.service.js';
import type { Visit } from './visit.js';
import { Visits } from './visits.service.js';

const PATH = `${SECOND_FACTORS_PATH}/app`;

/** The page where users add an authenticator app. */
@Controller('account/second-factors/app')
export class AuthenticatorAppController {
  constructor(
    private readonly visits: Visits,
    private readonly forms: AccountForms,
    private readonly enrolments: FactorEnrolments,
    private readonly policies: SecondFactorPolicies,
    private readonly fresh: FreshSignIn,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.allowed(request, reply);
    if (visit !== undefined) this.ask(reply, visit, {});
  }

  @Post()
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.allowed(request, reply);
    const form = visit && this.forms.accept(request, reply, PATH, visit);
    if (visit === undefined || form === undefined) return;
    const [code, typed, sealed] = [form.get('code') ?? '', form.get('name') ?? '', form.get('key') ?? ''];
    const added = await this.added(visit, { sealed, code, typed });
    if (added === 'added') void redirect(reply, `${this.issuer.path(SECOND_FACTORS_PATH)}?done=added`);
    else this.ask(reply, visit, { error: { kind: added }, name: typed, sealed });
  }

  private async added({ user }: Visit, { sealed, code, typed }: Record<'sealed' | 'code' | 'typed', string>) {
    const name = appName(typed);
    if (name === undefined) return 'name';
    return code.trim() === '' ? 'missing' : this.enrolments.addApp(user, { sealed, code, name });
  }

  private async allowed(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const visit = await this.visits.open(request, reply, PATH);
    if (visit === undefined || !(await this.fresh.require(visit, reply, PATH))) return undefined;
    if ((await this.policies.holdingFor(visit.user)).kinds.includes('totp')) return visit;
    void redirect(reply, this.issuer.path(SECOND_FACTORS_PATH));
    return undefined;
  }

  private ask(
    reply: FastifyReply,
    visit: Visit,
    typed: Pick<AuthenticatorAppModel, 'error' | 'name'> & { readonly sealed?: string },
  ): void {
    const { user } = visit;
    const { error, name, sealed } = typed;
    const model = {
      ...this.forms.target(PATH, visit),
      account: accountCard(user),
      app: this.enrolments.appKey(user, sealed),
      name,
      error,
    };
    this.forms.show(reply, visit, AuthenticatorAppPage, model, error === undefined ? 200 : 422);
  }
}
