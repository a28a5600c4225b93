import { Injectable } from '@nestjs/common';
import type { FactorKind } from '#platform/events/index.js';
import type { EnrolFactorModel } from '#views/index.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';
import { FactorEnrolments } from './factor-enrolments.service.js';
import { maskedAddress } from './masked-address.js';
import { PasskeyEnrolments } from './passkey-enrolments.service.js';
import { SecondFactorNeeds } from './second-factor-needs.service.js';
import { SecondFactorPolicies } from './second-factor-policies.service.js';

/** Says which second factors somebody can set up during a sign-in, and what to do where there is none. */
@Injectable()
export class EnrolmentOffers {
  constructor(
    private readonly policies: SecondFactorPolicies,
    private readonly needs: SecondFactorNeeds,
    private readonly enrolments: FactorEnrolments,
    private readonly passkeys: PasskeyEnrolments,
  ) {}

  /** What the page offers; the key of an app is the one that the form brought back, if it did. */
  async at(
    visit: SignInVisit,
    sealed?: string,
  ): Promise<Pick<EnrolFactorModel, 'app' | 'passkey' | 'mail' | 'impasse'>> {
    const kinds = await this.kinds(visit);
    const app = kinds.includes('totp') ? this.enrolments.appKey(visit.user, sealed) : undefined;
    const passkey = kinds.includes('passkey') ? await this.passkeys.ask(visit) : undefined;
    const address = kinds.includes('mail_code') ? this.enrolments.mailAddress(visit.user) : undefined;
    const offers = { app, passkey, mail: address && maskedAddress(address) };
    if (Object.values(offers).some((offer) => offer !== undefined)) return offers;
    return { ...offers, impasse: await this.impasse(visit) };
  }

  /** The kinds that will do and that can be set up in this sign-in. */
  async kinds(visit: SignInVisit): Promise<readonly FactorKind[]> {
    const needed = await this.needs.of(visit.pending, visit);
    return needed.need === 'enrol' ? needed.kinds : [];
  }

  private async impasse({ user, client, pending }: SignInVisit): Promise<EnrolFactorModel['impasse']> {
    const { kinds } = await this.policies.holdingFor(user, client);
    if (!kinds.includes('mail_code')) return 'nothing';
    if (!(await this.needs.restsOnMailbox(pending))) return 'unreachable';
    // A link in a mail made the account: the password that was chosen then is a proof of its own from the next sign-in on.
    return (await this.needs.restsOnMailbox({ ...pending, byMailbox: false })) ? 'mailbox' : 'again';
  }
}
