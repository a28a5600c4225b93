import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { UserAttributes, type User } from '#users/index.js';
import { OwnSignInData } from './own-sign-in-data.service.js';

/** All that is kept of a user, as data to take away (GDPR art. 15, 20): never a secret, nor what is somebody else's. */
@Injectable()
export class OwnData {
  constructor(
    private readonly attributes: UserAttributes,
    private readonly consent: ConsentService,
    private readonly clients: ClientsService,
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
      applications: await this.applications(user.id),
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

  private async applications(userId: string): Promise<object[]> {
    const consents = await this.consent.listByUser(userId);
    const clients = await this.clients.findMany(consents.map(({ clientId }) => clientId));
    const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
    return consents.map(({ clientId, givenBy, scopes, createdAt, updatedAt }) => ({
      client_id: clientId,
      name: names.get(clientId),
      allowed_by: givenBy,
      scopes: scopes.map(({ scope, approvedAt, expiresAt }) => ({
        scope,
        approved_at: approvedAt,
        expires_at: expiresAt,
      })),
      created_at: createdAt,
      updated_at: updatedAt,
    }));
  }
}
