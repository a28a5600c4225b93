import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { DatabaseUnavailable, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { mergeApprovals, unexpired } from './consent-coverage.js';
import type { ConsentRow, StoredScope } from './consent.entity.js';
import type { ApprovedScope, Consent, ConsentGiver } from './consent.js';
import { ConsentsRepository, type ConsentFilter } from './consents.repository.js';

/** A decision to remember. */
export interface GivenConsent {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Scopes that were offered and not taken: an earlier approval of them ends. */
  readonly declined?: readonly string[] | undefined;
  /** Until when the approval counts; absent means until it is taken back. */
  readonly expiresAt?: Date | undefined;
  readonly givenBy: ConsentGiver;
}

const MOST_ATTEMPTS = 4;

/** What users allowed clients, remembered and taken back. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly consents: ConsentsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** What the user's approval of the client covers now. */
  async approved(userId: string, clientId: string): Promise<readonly ApprovedScope[]> {
    const row = await this.consents.findFor(userId, clientId);
    return row === undefined ? [] : unexpired(row.scopes.map(approvalFrom), this.clock.now());
  }

  /** Remembers a decision beside the earlier ones; of two at the same moment neither is lost. */
  async give(given: GivenConsent): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      if (await this.transactions.run(() => this.write(given))) return;
    }
    throw new DatabaseUnavailable('a consent changed again and again while it was written');
  }

  /** Takes back everything the user allowed the client; false when there was nothing. */
  withdraw(userId: string, clientId: string): Promise<boolean> {
    return this.transactions.run(async () => this.remove(await this.consents.findFor(userId, clientId)));
  }

  /** Takes back one consent by its id; false when there is none. */
  withdrawById(id: string): Promise<boolean> {
    return this.transactions.run(async () => this.remove(await this.consents.find(id)));
  }

  async find(id: string): Promise<Consent | undefined> {
    const row = await this.consents.find(id);
    return row && consentFrom(row);
  }

  /** Everything a user allowed, oldest first, expired approvals included. */
  async listByUser(userId: string): Promise<Consent[]> {
    return (await this.consents.findByUser(userId)).map(consentFrom);
  }

  /** One page of all consents that fit the filter, oldest first. */
  async list(filter: ConsentFilter, request: PageRequest): Promise<Page<Consent>> {
    const page = await this.consents.list(filter, request);
    return { ...page, items: page.items.map(consentFrom) };
  }

  /** False when somebody else wrote at the same moment. */
  private async write(given: GivenConsent): Promise<boolean> {
    const { userId, clientId, givenBy } = given;
    const now = this.clock.now();
    const row = await this.consents.findFor(userId, clientId);
    const earlier = (row?.scopes ?? []).map(approvalFrom);
    const scopes = mergeApprovals(earlier, { ...given, now }).map(storedFrom);
    const same = row?.givenBy === givenBy && JSON.stringify(row.scopes) === JSON.stringify(scopes);
    if (same) return true;
    const stamps = { id: this.random.id(), version: 0, createdAt: now };
    const written = await (row === undefined
      ? this.consents.add({ ...stamps, userId, clientId, givenBy, scopes, updatedAt: now })
      : this.consents.replace({ ...row, givenBy, scopes, updatedAt: now }));
    if (written) await this.events.publish('consent.given', { userId, clientId, scopes: given.scopes, givenBy });
    return written;
  }

  private async remove(row: ConsentRow | undefined): Promise<boolean> {
    if (row === undefined || !(await this.consents.remove(row.id))) return false;
    await this.events.publish('consent.withdrawn', {
      userId: row.userId,
      clientId: row.clientId,
      scopes: row.scopes.map(({ scope }) => scope),
    });
    return true;
  }
}

function consentFrom({ version: _version, scopes, ...row }: ConsentRow): Consent {
  return { ...row, scopes: scopes.map(approvalFrom) };
}

function approvalFrom({ scope, approvedAt, expiresAt }: StoredScope): ApprovedScope {
  const approval = { scope, approvedAt: new Date(approvedAt) };
  return expiresAt === undefined ? approval : { ...approval, expiresAt: new Date(expiresAt) };
}

function storedFrom({ scope, approvedAt, expiresAt }: ApprovedScope): StoredScope {
  const stored = { scope, approvedAt: approvedAt.getTime() };
  return expiresAt === undefined ? stored : { ...stored, expiresAt: expiresAt.getTime() };
}
