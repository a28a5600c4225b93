import { Injectable } from '@nestjs/common';
import { FeatureSettings } from '#platform/config/index.js';
import { Mails } from '#mails/index.js';
import { isOutsideDomains, mayMakeAccount } from './sign-up-rule.js';

/** Who may make an account here, and whether anybody can. */
@Injectable()
export class SignUpRules {
  constructor(
    private readonly features: FeatureSettings,
    private readonly mails: Mails,
  ) {}

  /** Whether people can make accounts at all: the operator allows it and mails leave. */
  get offered(): boolean {
    return this.features.signUp.mode !== 'off' && this.mails.available;
  }

  /** Whether nobody can who was not invited. */
  get byInvitationOnly(): boolean {
    return this.features.signUp.mode === 'invite';
  }

  /** The domains of addresses that may, when only some may. */
  get domains(): readonly string[] {
    return this.features.signUp.mode === 'domains' ? this.features.signUp.domains : [];
  }

  /** Whether an address may without an invitation. */
  allows(address: string): boolean {
    return mayMakeAccount(this.features.signUp, address);
  }

  /** Whether an address is refused at once, by its domain alone. */
  refuses(address: string): boolean {
    return isOutsideDomains(this.features.signUp, address);
  }
}
