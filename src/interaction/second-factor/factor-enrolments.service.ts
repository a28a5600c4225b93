import { Injectable } from '@nestjs/common';
import {
  AuthenticatorApps,
  keyUri,
  MailCodes,
  RecoveryCodes,
  SecondFactors,
  type AppAddition,
} from '#authentication/index.js';
import { BrandingSettings } from '#platform/config/index.js';
import type { FactorKind } from '#platform/events/index.js';
import type { User } from '#users/index.js';
import type { AuthenticatorKey } from '#views/index.js';

/** Gives users second factors, on the pages of a sign-in and of the account alike. */
@Injectable()
export class FactorEnrolments {
  constructor(
    private readonly apps: AuthenticatorApps,
    private readonly mailCodes: MailCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly factors: SecondFactors,
    private readonly branding: BrandingSettings,
  ) {}

  /** A key for an authenticator app: the one that the form brought back, if it is still good, else a new one. */
  appKey({ id, username, claims }: User, sealed?: string): AuthenticatorKey {
    const resumed = sealed === undefined ? undefined : this.apps.resume(id, sealed);
    const key = resumed ?? this.apps.begin(id);
    const account = claims.email ?? username;
    return { ...key, uri: keyUri({ issuer: this.branding.companyName, account, seed: key.seed }) };
  }

  addApp({ id }: User, wish: Readonly<Record<'sealed' | 'code' | 'name', string>>): Promise<AppAddition> {
    return this.apps.add(id, wish);
  }

  /** Where codes by mail would go: only to an address that is the user's. */
  mailAddress(user: User): string | undefined {
    return this.mailCodes.canReach(user) ? user.claims.email : undefined;
  }

  /** False when no mail would reach the user, or codes by mail are none of the kinds that will do. */
  async addMailCodes(user: User, kinds: readonly FactorKind[]): Promise<boolean> {
    if (!kinds.includes('mail_code') || !this.mailCodes.canReach(user)) return false;
    await this.factors.addMailCodes(user.id);
    return true;
  }

  /** A set of recovery codes for somebody who has none and may have some. */
  async firstRecoveryCodes({ id }: User, kinds: readonly FactorKind[]): Promise<readonly string[] | undefined> {
    if (!kinds.includes('recovery_codes') || (await this.recoveryCodes.countUnused(id)) > 0) return undefined;
    return this.recoveryCodes.renew(id);
  }
}
