import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';
import { Mails } from '#mails/index.js';
import { CompanySettingsService } from '#settings/index.js';
import type { SignInProgress } from '../sign-in-steps/sign-in-progress.js';
import type { SignInOccasion, SignInStep } from '../sign-in-steps/sign-in-step.js';

/** Demands another password of users of whom an administrator demands it. */
@Injectable()
export class ChangePasswordStep implements SignInStep {
  readonly name = 'change-password';
  readonly path = '/sign-in/change-password';

  constructor(private readonly passwords: PasswordsService) {}

  async isDue({ done }: SignInProgress, { user }: SignInOccasion): Promise<boolean> {
    if (done.includes(this.name) || !user.requiredActions.includes('change_password')) return false;
    return this.passwords.has(user.id);
  }
}

/** Demands that the address is confirmed, of everybody or of single users; of nobody where no mail can be sent. */
@Injectable()
export class VerifyEmailStep implements SignInStep {
  readonly name = 'verify-email';
  readonly path = '/sign-in/verify-email';

  constructor(
    private readonly settings: CompanySettingsService,
    private readonly mails: Mails,
  ) {}

  async isDue({ done }: SignInProgress, { user }: SignInOccasion): Promise<boolean> {
    const { email, email_verified: verified = false } = user.claims;
    if (done.includes(this.name) || email === undefined || verified || !this.mails.available) return false;
    return user.requiredActions.includes('verify_email') || (await this.settings.current()).verifyEmail;
  }
}

/** Demands that the present terms of the company are accepted. */
@Injectable()
export class AcceptTermsStep implements SignInStep {
  readonly name = 'accept-terms';
  readonly path = '/sign-in/accept-terms';

  constructor(private readonly settings: CompanySettingsService) {}

  async isDue({ done }: SignInProgress, { user }: SignInOccasion): Promise<boolean> {
    const { termsVersion } = await this.settings.current();
    return termsVersion !== '' && user.acceptedTerms?.version !== termsVersion && !done.includes(this.name);
  }
}
