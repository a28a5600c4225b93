import { Injectable } from '@nestjs/common';
import { PasskeysService, RecoveryCodes, RememberedBrowsers, SecondFactors } from '#authentication/index.js';

/** What a user can prove besides a password, by its names: no key, seed or code. */
@Injectable()
export class OwnFactors {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly browsers: RememberedBrowsers,
  ) {}

  async of(userId: string): Promise<object> {
    const codes = await this.recoveryCodes.find(userId);
    return {
      passkeys: (await this.passkeys.listByUser(userId)).map(({ name, provider, createdAt, lastUsedAt }) => ({
        name,
        kept_by: provider,
        created_at: createdAt,
        last_used_at: lastUsedAt,
      })),
      second_factors: (await this.factors.listByUser(userId)).map(({ kind, name, createdAt, lastUsedAt }) => ({
        kind,
        name,
        created_at: createdAt,
        last_used_at: lastUsedAt,
      })),
      ...(codes && { recovery_codes: { unused: codes.unused, created_at: codes.madeAt } }),
      remembered_browsers: (await this.browsers.listByUser(userId)).map(({ userAgent, createdAt, expiresAt }) => ({
        user_agent: userAgent,
        created_at: createdAt,
        expires_at: expiresAt,
      })),
    };
  }
}
