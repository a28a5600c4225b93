import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { UserAttributes, type User } from '#users/index.js';
import { OwnConsentData } from './own-consent-data.service.js';
import { OwnSignInData } from './own-sign-in-data.service.js';

/** All that is kept of a user, as data to take away (GDPR art. 15, 20): never a secret, nor what is somebody else's. */
@Injectable()
export class OwnData {
  constructor(
    private readonly attributes: UserAttributes,
    private readonly consents: OwnConsentData,
    private readonly signIn: OwnSignInData,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  async of(user: User): Promise<object> {
    return {
      exported_at: this.clock.now(),
      issuer: this.issuer.issuer,
      profile: await this.profile(user),
      ...(await this.signIn.of(user.id)),
      ...(await this.consents.of(user.id)),
      history: await this.signIn.history(user.id),
    };
  }

  private async profile(user: User): Promise<object> {
    const attributes = (await this.attributes.seenBy('user', [user.id])).get(user.id) ?? {};
    const { acceptedTerms: terms } = user;
    return {
      id: user.id,
      username: user.username,
      status: user.status,
      claims: user.claims,
      attributes,
      groups: user.effectiveGroups,
      ...(terms && { accepted_terms: { version: terms.version, accepted_at: terms.acceptedAt } }),
      created_at: user.createdAt,
      updated_at: user.updatedAt,
    };
  }
}
