import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordsService, type AccountOffer, type AccountWish } from '#authentication/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { Amr } from '#standards/amr.js';
import type { NewAccountFaults, PublicVisit } from '#views/index.js';
import { SignIns } from '../sign-ins.service.js';
import { missingFields, type NewAccountFields } from './new-account-form.js';
import { WaitingInteractions } from './waiting-interactions.service.js';

/** The terms that everybody must have accepted. */
export interface Terms {
  readonly version: string;
  readonly uri: string;
}

/** What a new account is made of, and its user's first sign-in. */
@Injectable()
export class FirstSteps {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly settings: CompanySettingsService,
    private readonly signIns: SignIns,
    private readonly waiting: WaitingInteractions,
    private readonly clock: Clock,
  ) {}

  minimumPasswordLength(): Promise<number> {
    return this.passwords.minimumLength();
  }

  async terms(): Promise<Terms | undefined> {
    const { termsVersion: version, termsUri: uri } = await this.settings.current();
    return version === '' ? undefined : { version, uri };
  }

  /** What is wrong with what somebody filled in. */
  async faults(fields: NewAccountFields, offer: AccountOffer, terms: Terms | undefined): Promise<NewAccountFaults> {
    const missing = missingFields(fields, terms !== undefined);
    if (missing.password !== undefined) return missing;
    const owner = { username: offer.invitation?.username ?? offer.address, email: offer.address };
    const problem = await this.passwords.problem(fields.password, owner);
    return problem === undefined ? missing : { ...missing, password: problem };
  }

  /** Does the slow work, which has no place inside a transaction. */
  async wish({ name, password }: NewAccountFields, locale: string, terms: Terms | undefined): Promise<AccountWish> {
    return {
      name,
      password: await this.passwords.prepare(password),
      locale,
      acceptedTerms: terms && { version: terms.version, acceptedAt: this.clock.now() },
    };
  }

  /** Signs the user in with the password they have just chosen, and goes on where they came from. */
  async enter(
    request: FastifyRequest,
    reply: FastifyReply,
    { browser }: PublicVisit,
    { userId, offer }: { readonly userId: string; readonly offer: AccountOffer },
  ): Promise<void> {
    const interaction = await this.waiting.find(offer.interaction, browser);
    // The password was chosen by whoever reads the mailbox, so a code sent there would prove nothing more.
    const result = { userId, amr: [Amr.Password], authTime: this.clock.now(), byMailbox: true };
    await this.signIns.complete(request, reply, { result, interaction });
  }
}
