import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { Grant, NewGrant } from './grant.js';
import { GrantsRepository, type GrantFilter } from './grants.repository.js';

/** A grant, and whose it is. */
type GrantedTo = Pick<Grant, 'id' | 'userId' | 'clientId'>;

/** Makes, finds and ends grants; ending one ends every code and token made from it. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Records what was authorized. */
  async create(decided: NewGrant): Promise<Grant> {
    const grant: Grant = { ...decided, id: this.random.id(), createdAt: this.clock.now(), revokedAt: undefined };
    await this.grants.add({
      ...grant,
      sessionId: grant.sessionId ?? null,
      scope: grant.scope.join(' '),
      resources: [...grant.resources],
      claims: grant.claims ?? null,
      ends: grant.ends ?? null,
      amr: [...grant.amr],
      revokedAt: null,
    });
    return grant;
  }

  /** When each client last got something from a user, for whom the client's records are still there. */
  lastGranted(userId: string): Promise<ReadonlyMap<string, Date>> {
    return this.grants.latestOf(userId);
  }

  /** Moves the end of a live grant; false when it was revoked meanwhile. */
  extend(id: string, expiresAt: Date): Promise<boolean> {
    return this.grants.extend(id, expiresAt);
  }

  /** Ends one grant and says so; nothing when it had ended before. */
  async revoke({ id, userId, clientId }: GrantedTo): Promise<void> {
    await this.transactions.run(async () => {
      if ((await this.grants.revoke({ id }, this.clock.now())) === 1) {
        await this.events.publish('grant.revoked', { grantId: id, userId, clientId });
      }
    });
  }

  /** RFC 6749 §4.1.2, RFC 9700 §4.14.2: something single-use came twice, so the grant ends; said in the same transaction. */
  async revokeReplayed(
    grant: GrantedTo,
    replayed: 'authorization_code.replayed' | 'refresh_token.replayed',
  ): Promise<void> {
    const { id, userId, clientId } = grant;
    await this.transactions.run(async () => {
      await this.revoke(grant);
      await this.events.publish(replayed, { grantId: id, userId, clientId });
    });
  }

  /** Ends every grant that the filter names; the number of them. */
  revokeMatching(filter: Omit<GrantFilter, 'id'>): Promise<number> {
    return this.grants.revoke(filter, this.clock.now());
  }
}
