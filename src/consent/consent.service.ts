import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { DatabaseUnavailable, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { mergeApprovals, unexpired, withoutDeclined } from './consent-coverage.js';
import type { ConsentRow, StoredScope } from './consent.entity.js';
import type { ApprovedScope, Consent, ConsentGiver, ShownVersion } from './consent.js';
import { endedBy, parts } from './ended-approvals.js';
import { ConsentsRepository, type ConsentFilter } from './consents.repository.js';
import { ConsentUsesRepository } from './uses/consent-uses.repository.js';
import { lastUse, type Uses } from './uses/uses.js';

/** A decision to remember. */
export interface GivenConsent {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Scopes that were offered and not taken: an earlier approval of them ends. */
  readonly declined?: readonly string[] | undefined;
  /** Until when the approval counts; absent means until it is taken back. */
  readonly expiresAt?: Date | undefined;
  /** Which versions of the words and meaning of the scopes were shown; the first where nothing is said. */
  readonly versions?: ReadonlyMap<string, ShownVersion> | undefined;
  readonly givenBy: ConsentGiver;
}

const MOST_ATTEMPTS = 4;

/** How a consent is found, and what is taken out of it, each time anew. */
type Found = () => Promise<ConsentRow | undefined>;
type Declined = (row: ConsentRow) => Promise<readonly string[]>;

/** What users allowed clients, remembered and taken back. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly consents: ConsentsRepository,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly uses: ConsentUsesRepository,
  ) {}

  /** What the user's approval of the client covers now. */
  async approved(userId: string, clientId: string): Promise<readonly ApprovedScope[]> {
    return unexpired(await this.remembered(userId, clientId), this.clock.now());
  }

  /** All that is kept of what the user allowed the client, what has expired included. */
  async remembered(userId: string, clientId: string): Promise<readonly ApprovedScope[]> {
    const row = await this.consents.findFor(userId, clientId);
    return row === undefined ? [] : approvalsOf(row);
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

  /** Takes back a part of what the user allowed the client, and with all of it the rest; false when none of it was allowed. */
  narrow(userId: string, clientId: string, declined: readonly string[]): Promise<boolean> {
    return this.lessened(
      () => this.consents.findFor(userId, clientId),
      () => Promise.resolve(declined),
    );
  }

  /** Takes out of one consent what a rule finds in it as it is then, and with all of it the rest; false when that is nothing. */
  endWhere(id: string, rule: (present: Consent) => readonly string[]): Promise<boolean> {
    return this.lessened(
      () => this.consents.find(id),
      async (row) => (await this.withUses([row])).flatMap(rule),
    );
  }

  /** The same of one consent by its id. */
  async narrowById(id: string, declined: readonly string[]): Promise<boolean> {
    const row = await this.consents.find(id);
    return row !== undefined && this.narrow(row.userId, row.clientId, declined);
  }

  /** Takes back one consent by its id; false when there is none. */
  withdrawById(id: string): Promise<boolean> {
    return this.transactions.run(async () => this.remove(await this.consents.find(id)));
  }

  async find(id: string): Promise<Consent | undefined> {
    const row = await this.consents.find(id);
    return row && (await this.withUses([row]))[0];
  }

  /** Everything a user allowed, oldest first, expired approvals included. */
  async listByUser(userId: string): Promise<Consent[]> {
    return this.withUses(await this.consents.findByUser(userId));
  }

  /** One page of all consents that fit the filter, oldest first. */
  async list(filter: ConsentFilter, request: PageRequest): Promise<Page<Consent>> {
    const page = await this.consents.list(filter, request);
    return { ...page, items: await this.withUses(page.items) };
  }

  private async withUses(rows: readonly ConsentRow[]): Promise<Consent[]> {
    const uses = await this.uses.findMany(rows.map(({ id }) => id));
    return rows.map((row) => consentFrom(row, uses.get(row.id)));
  }

  /** How many consents fit the filter. */
  count(filter: ConsentFilter): Promise<number> {
    return this.consents.count(filter);
  }

  /** False when somebody else wrote at the same moment. */
  private async write(given: GivenConsent): Promise<boolean> {
    const { userId, clientId } = given;
    const now = this.clock.now();
    const row = await this.consents.findFor(userId, clientId);
    const earlier = row === undefined ? [] : approvalsOf(row);
    const merged = mergeApprovals(earlier, { ...given, now });
    const givenBy = merged.some((approval) => approval.givenBy !== 'company') ? 'user' : given.givenBy;
    const scopes = merged.map(storedFrom);
    const same = row?.givenBy === givenBy && JSON.stringify(row.scopes) === JSON.stringify(scopes);
    if (same) return true;
    const stamps = { id: this.random.id(), version: 0, createdAt: now };
    const written = await (row === undefined
      ? this.consents.add({ ...stamps, userId, clientId, givenBy, scopes, updatedAt: now })
      : this.consents.replace({ ...row, givenBy, scopes, updatedAt: now }));
    if (!written) return false;
    const expiresAt = given.expiresAt?.toISOString();
    const end = expiresAt === undefined ? {} : { expiresAt };
    await this.events.publish('consent.given', {
      userId,
      clientId,
      ...parts(given.scopes),
      givenBy: given.givenBy,
      ...end,
    });
    await this.ended({ userId, clientId }, endedBy(unexpired(earlier, now), merged));
    return true;
  }

  private async lessened(find: Found, declined: Declined): Promise<boolean> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const done = await this.transactions.run(async () => {
        const row = await find();
        return row === undefined ? false : this.lessen(row, await declined(row));
      });
      if (done !== undefined) return done;
    }
    throw new DatabaseUnavailable('a consent changed again and again while it was narrowed');
  }

  /** Undefined when somebody else wrote at the same moment. */
  private async lessen(row: ConsentRow, declined: readonly string[]): Promise<boolean | undefined> {
    const now = this.clock.now();
    const earlier = approvalsOf(row);
    const left = withoutDeclined(earlier, declined);
    const ended = endedBy(earlier, left);
    if (ended.length === 0) return false;
    if (left.length === 0) return this.emptied(row);
    if (!(await this.consents.replace({ ...row, scopes: left.map(storedFrom), updatedAt: now }))) return undefined;
    await this.ended(row, ended);
    return true;
  }

  private async ended({ userId, clientId }: Pick<ConsentRow, 'userId' | 'clientId'>, names: readonly string[]) {
    if (names.length > 0) await this.events.publish('consent.narrowed', { userId, clientId, ...parts(names) });
  }

  private async remove(row: ConsentRow | undefined): Promise<boolean> {
    if (row === undefined || !(await this.consents.remove(row.id))) return false;
    await this.withdrawn(row);
    return true;
  }

  /** Undefined when somebody else wrote at the same moment: what was approved then stays. */
  private async emptied(row: ConsentRow): Promise<true | undefined> {
    if (!(await this.consents.removeAsRead(row))) return undefined;
    await this.withdrawn(row);
    return true;
  }

  private async withdrawn({ userId, clientId, scopes }: ConsentRow): Promise<void> {
    const names = scopes.map(({ scope }) => scope);
    await this.events.publish('consent.withdrawn', { userId, clientId, scopes: names });
  }
}

function consentFrom(row: ConsentRow, uses: Uses = {}): Consent {
  const { version: _version, ...rest } = row;
  const scopes = approvalsOf(row).map((approval) => {
    const lastUsedAt = lastUse(approval, uses);
    return lastUsedAt === undefined ? approval : { ...approval, lastUsedAt };
  });
  const latest = Math.max(0, ...scopes.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0));
  return { ...rest, scopes, ...(latest === 0 ? {} : { lastUsedAt: new Date(latest) }) };
}

/** What is approved; who decided a scope is whoever decided all, unless it says so itself. */
function approvalsOf({ scopes, givenBy }: ConsentRow): ApprovedScope[] {
  return scopes.map((stored) => approvalFrom({ givenBy, ...stored }));
}

function approvalFrom({ approvedAt, decidedAt, expiresAt, ...rest }: StoredScope): ApprovedScope {
  return {
    ...rest,
    approvedAt: new Date(approvedAt),
    ...(decidedAt === undefined ? {} : { decidedAt: new Date(decidedAt) }),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }),
  };
}

function storedFrom({ approvedAt, decidedAt, expiresAt, lastUsedAt: _use, ...rest }: ApprovedScope): StoredScope {
  return {
    ...rest,
    approvedAt: approvedAt.getTime(),
    ...(decidedAt === undefined ? {} : { decidedAt: decidedAt.getTime() }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.getTime() }),
  };
}
