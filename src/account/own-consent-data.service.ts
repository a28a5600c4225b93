import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { ConsentReceiptsService, ConsentService } from '#consent/index.js';
import { OwnDisclosures } from './own-disclosures.service.js';

const MOST_RECEIPTS = 1000;

/** What a user allowed applications, what each decision was made on, and what was told whom, as data to take away. */
@Injectable()
export class OwnConsentData {
  constructor(
    private readonly consent: ConsentService,
    private readonly consentReceipts: ConsentReceiptsService,
    private readonly clients: ClientsService,
    private readonly disclosures: OwnDisclosures,
  ) {}

  async of(userId: string): Promise<object> {
    return {
      applications: await this.applications(userId),
      consent_receipts: await this.receipts(userId),
      disclosures: await this.disclosures.asData(userId),
    };
  }

  /** The latest of them, as they were signed. */
  private async receipts(userId: string): Promise<object[]> {
    const latest = await this.consentReceipts.latestOf(userId, MOST_RECEIPTS);
    return latest.map(({ id, clientId, decision, createdAt, jws }) => {
      return { id, client_id: clientId, decision, created_at: createdAt, receipt: jws };
    });
  }

  private async applications(userId: string): Promise<object[]> {
    const consents = await this.consent.listByUser(userId);
    const clients = await this.clients.findMany(consents.map(({ clientId }) => clientId));
    const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
    return consents.map(({ clientId, givenBy, scopes, lastUsedAt, createdAt, updatedAt }) => ({
      client_id: clientId,
      name: names.get(clientId),
      allowed_by: givenBy,
      scopes: scopes.map(({ scope, approvedAt, expiresAt, lastUsedAt }) => ({
        scope,
        approved_at: approvedAt,
        expires_at: expiresAt,
        last_used_at: lastUsedAt,
      })),
      last_used_at: lastUsedAt,
      created_at: createdAt,
      updated_at: updatedAt,
    }));
  }
}
