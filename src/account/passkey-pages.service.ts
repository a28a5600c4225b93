import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasskeyCeremonies, PasskeysService, RelyingParty } from '#authentication/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import { accountCard, PasskeysPage, type PasskeysModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { SignInWays } from './sign-in-ways.service.js';
import type { Visit } from './visit.js';

/** The path of the page where users look after their passkeys. */
export const PASSKEYS_PATH = '/account/passkeys';

/** Shows users their passkeys, and asks their browser for a new one. */
@Injectable()
export class PasskeyPages {
  constructor(
    private readonly pages: AccountForms,
    private readonly passkeys: PasskeysService,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly relyingParty: RelyingParty,
    private readonly ways: SignInWays,
    private readonly cookies: BrowserCookies,
  ) {}

  async show(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    { status = 200, ...said }: Pick<PasskeysModel, 'notice' | 'problem'> & { readonly status?: number },
  ): Promise<void> {
    const { user } = visit;
    const passkeys = await this.passkeys.listByUser(user.id);
    const model = {
      ...this.pages.target(PASSKEYS_PATH, visit),
      account: accountCard(user),
      passkeys: passkeys.map(({ backedUp: synced, ...rest }) => ({ ...rest, synced })),
      kept: await this.ceremonies.kept(user.id),
      ...(this.relyingParty.isAvailable ? { ask: await this.ask(request, reply, visit) } : {}),
      ...said,
    };
    this.pages.show(reply, visit, PasskeysPage, model, status);
  }

  private async ask(request: FastifyRequest, reply: FastifyReply, { user }: Visit): Promise<{ options: object }> {
    const alone = !(await this.ways.hasPassword(user.id));
    return { options: await this.ceremonies.registration(this.cookies.browserId(request, reply), user, { alone }) };
  }
}
