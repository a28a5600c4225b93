import { Injectable } from '@nestjs/common';
import { PasswordsService } from '#authentication/index.js';
import { FederatedIdentities, UpstreamProvidersService } from '#federation/index.js';
import { OwnFactors } from './own-factors.service.js';
import { SecurityHistory } from './security-history.service.js';
import { SignedInBrowsers } from './signed-in-browsers.service.js';

/** What is kept of how, where and when a user signed in. */
@Injectable()
export class OwnSignInData {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly factors: OwnFactors,
    private readonly identities: FederatedIdentities,
    private readonly providers: UpstreamProvidersService,
    private readonly browsers: SignedInBrowsers,
    private readonly happened: SecurityHistory,
  ) {}

  async of(userId: string): Promise<object> {
    return {
      password: { set: await this.passwords.has(userId) },
      ...(await this.factors.of(userId)),
      linked_sign_ins: await this.linked(userId),
      sessions: (await this.browsers.ofUser(userId)).map(({ session, applications }) => ({
        started_at: session.createdAt,
        last_seen_at: session.lastSeenAt,
        expires_at: session.expiresAt,
        signed_in_at: session.authTime,
        amr: session.amr,
        acr: session.acr,
        user_agent: session.userAgent,
        address: session.address,
        applications: applications.map(({ clientId, name }) => ({ client_id: clientId, name })),
      })),
    };
  }

  /** As the page of the history says it: where somebody else did it, not from where. */
  async history(userId: string): Promise<object[]> {
    const entries = await this.happened.all(userId);
    return entries.map(({ kind, at, by = 'user', subject, factor, userAgent, address }) => ({
      name: kind,
      at,
      by,
      about: subject,
      factor,
      user_agent: userAgent,
      address,
    }));
  }

  private async linked(userId: string): Promise<object[]> {
    const known = await this.providers.known();
    return (await this.identities.listByUser(userId)).map((link) => ({
      provider: known.get(link.providerId)?.slug,
      issuer: link.issuer,
      subject: link.subject,
      label: link.label,
      created_at: link.createdAt,
      last_used_at: link.lastUsedAt,
    }));
  }
}
