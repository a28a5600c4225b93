import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { labelOf, type UpstreamIdentity } from '../identity/upstream-identity.js';
import type { FederatedIdentityRow } from './federated-identity.entity.js';
import { FederatedIdentitiesRepository } from './federated-identities.repository.js';

/** An account at a provider that is linked to a user here. */
export interface FederatedIdentity {
  readonly id: string;
  readonly providerId: string;
  readonly userId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly label?: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
}

/** Thrown out of a transaction whose link somebody else made first. */
export class IdentityTaken extends Error {}

/** Who at a provider is whom here: by issuer and subject, and by nothing else (OIDC Core §5.7). */
@Injectable()
export class FederatedIdentities {
  constructor(
    private readonly rows: FederatedIdentitiesRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async find(identity: Pick<UpstreamIdentity, 'issuer' | 'subject'>): Promise<FederatedIdentity | undefined> {
    const row = await this.rows.findByKey(keyOf(identity));
    return row === null ? undefined : identityFrom(row);
  }

  async listByUser(userId: string): Promise<FederatedIdentity[]> {
    return (await this.rows.listByUser(userId)).map(identityFrom);
  }

  /** Whether one of these users comes in through the provider. */
  async leadsTo(providerId: string, userIds: readonly string[]): Promise<boolean> {
    return userIds.length > 0 && (await this.rows.leadsTo(providerId, userIds));
  }

  /** Links an account at a provider to a user, or throws `IdentityTaken`, which takes back what the caller did besides. */
  async link(identity: UpstreamIdentity, userId: string): Promise<void> {
    const { providerId, issuer, subject } = identity;
    const id = this.random.id();
    const now = this.clock.now();
    try {
      await this.transactions.run(async () => {
        await this.rows.add({
          id,
          identityKey: keyOf(identity),
          providerId,
          userId,
          issuer,
          subject,
          label: labelOf(identity) ?? null,
          createdAt: now,
          lastUsedAt: now,
        });
        await this.events.publish('identity.linked', { userId, provider: providerId, id });
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new IdentityTaken('the account at the provider is linked already');
      throw error;
    }
  }

  /** Ends a link at its user's wish; false when it is not theirs, or another was faster. */
  async unlink(userId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const link = (await this.rows.listByUser(userId)).find((row) => row.id === id);
      if (link === undefined || !(await this.rows.remove(id, userId))) return false;
      await this.events.publish('identity.unlinked', { userId, provider: link.providerId, id });
      return true;
    });
  }

  async used({ id }: FederatedIdentity): Promise<void> {
    await this.rows.used(id, this.clock.now());
  }
}

function keyOf({ issuer, subject }: Pick<UpstreamIdentity, 'issuer' | 'subject'>): string {
  return sha256(JSON.stringify([issuer, subject]));
}

function identityFrom({ identityKey: _key, label, lastUsedAt, ...row }: FederatedIdentityRow): FederatedIdentity {
  return { ...row, label: label ?? undefined, lastUsedAt: lastUsedAt ?? undefined };
}
