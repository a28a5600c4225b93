import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasskeyCeremonies, PasskeysService, RelyingParty } from '#authentication/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import { accountCard, PasskeysPage, plainPasskeyName, type NewPasskeyModel, type PasskeysModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import { FreshSignIn } from './fresh-sign-in.service.js';
import type { PasskeyPlace } from './passkey-changes.service.js';
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
    private readonly fresh: FreshSignIn,
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
      adding: await this.adding(request, reply, visit),
      ...said,
    };
    this.pages.show(reply, visit, PasskeysPage, model, status);
  }

  /** Whose passkeys the page is about, and in which browser. */
  place(request: FastifyRequest, reply: FastifyReply, { user, locale }: Visit): PasskeyPlace {
    const browser = this.cookies.browserId(request, reply);
    return { user, browser, fallbackName: plainPasskeyName(locale) };
  }

  private async adding(request: FastifyRequest, reply: FastifyReply, visit: Visit): Promise<NewPasskeyModel> {
    if (!this.relyingParty.isAvailable) return { kind: 'unavailable' };
    // A passkey that is made in vain stays on the device, so none is asked for that would not be taken
    if (!(await this.fresh.isFresh(visit))) return { kind: 'confirm' };
    const { browser } = this.place(request, reply, visit);
    return { kind: 'ask', options: await this.ceremonies.registration(browser, visit.user) };
  }
}
