import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { CompanySettingsService, type CompanySettings } from '#settings/index.js';
import { UsersService } from '#users/index.js';

/** Keeps which terms a user has accepted, and when. */
@Injectable()
export class TermsAcceptances {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** The terms that hold now. */
  async present(): Promise<Pick<CompanySettings, 'termsVersion' | 'termsUri'>> {
    return this.settings.current();
  }

  /** Notes that a user accepts a version; false when it is not the present one. */
  async accept(userId: string, version: string | undefined): Promise<boolean> {
    const { termsVersion } = await this.settings.current();
    if (version !== termsVersion) return false;
    await this.users.update(userId, { acceptedTerms: { version, acceptedAt: this.clock.now() } });
    return true;
  }
}
