import { Injectable } from '@nestjs/common';
import { CompanySettingsService } from '#settings/index.js';
import { CommonPasswords } from './common-passwords.js';
import { LeakedPasswords } from './leaked-passwords.service.js';
import { canonicalPassword, passwordProblem, type PasswordOwner, type PasswordProblem } from './password-policy.js';
import { minimumLength, type PasswordOrigin } from './password-length.js';

/** What a password must be like to be accepted; there are no composition rules. */
@Injectable()
export class PasswordRules {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly common: CommonPasswords,
    private readonly leaked: LeakedPasswords,
  ) {}

  /** The fewest characters that a password may have, by where it comes from. */
  async minimumLength(origin: PasswordOrigin = 'chosen'): Promise<number> {
    return minimumLength(origin, await this.settings.current());
  }

  /** Why the owner may not have this password, or nothing. */
  async problem(
    password: string,
    owner: PasswordOwner,
    origin: PasswordOrigin = 'chosen',
  ): Promise<PasswordProblem | undefined> {
    const least = await this.minimumLength(origin);
    const problem = passwordProblem(password, owner, { least, common: await this.common.words() });
    if (problem !== undefined) return problem;
    return (await this.leaked.include(canonicalPassword(password))) ? 'leaked' : undefined;
  }
}
