import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RecoveryCodes, RememberedBrowsers, SecondFactors } from '#authentication/index.js';
import { FactorEnrolments, SecondFactorPolicies } from '#interaction/index.js';
import { accountCard, RecoveryCodesPage, SecondFactorsPage, type SecondFactorsModel } from '#views/index.js';
import { AccountForms } from './account-forms.service.js';
import type { Visit } from './visit.js';

/** The path of the page where users look after their second factors. */
export const SECOND_FACTORS_PATH = '/account/second-factors';

/** Shows users what they prove besides their first proof. */
@Injectable()
export class SecondFactorOverview {
  constructor(
    private readonly pages: AccountForms,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly browsers: RememberedBrowsers,
    private readonly policies: SecondFactorPolicies,
    private readonly enrolments: FactorEnrolments,
  ) {}

  async show(reply: FastifyReply, visit: Visit, notice: SecondFactorsModel['notice']): Promise<void> {
    const { user } = visit;
    const { rule, kinds } = await this.policies.holdingFor(user);
    const factors = await this.factors.listByUser(user.id);
    const target = this.pages.target(SECOND_FACTORS_PATH, visit);
    const hasMail = factors.some(({ kind }) => kind === 'mail_code');
    const recovery = { unused: (await this.recoveryCodes.find(user.id))?.unused };
    this.pages.show(reply, visit, SecondFactorsPage, {
      ...target,
      account: accountCard(user),
      rule,
      factors,
      addApp: kinds.includes('totp') ? `${target.action}/app` : undefined,
      mailOffer: kinds.includes('mail_code') && !hasMail ? this.enrolments.mailAddress(user) : undefined,
      recovery: kinds.includes('recovery_codes') ? recovery : undefined,
      browsers: await this.browsers.listByUser(user.id),
      notice,
    });
  }

  /** Whether recovery codes are for this user. */
  offersCodes({ user }: Visit): Promise<boolean> {
    return this.policies.allowRecoveryCodes(user);
  }

  /** Makes a new set of recovery codes and shows it, which is all that ever does. */
  async showNewCodes(reply: FastifyReply, visit: Visit): Promise<void> {
    const { user } = visit;
    const codes = await this.recoveryCodes.renew(user.id);
    const back = this.pages.target(SECOND_FACTORS_PATH, visit).action;
    this.pages.show(reply, visit, RecoveryCodesPage, { account: accountCard(user), codes, back });
  }
}
