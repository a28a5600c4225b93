import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import type { Page, PageRequest } from '#platform/database/index.js';
import { EventBus, type RecordedChange } from '#platform/events/index.js';
import type { ChangeRequestRow } from './change-request.entity.js';
import type { ChangeRequest, Party, WantedChange } from './change-request.js';
import { ChangeRequestsRepository, type ChangeFilter } from './change-requests.repository.js';

const DAY_MS = 86_400_000;
/** How long a change can be approved, and how long it is known what became of it. */
const DECIDABLE_DAYS = 7;
const KEPT_DAYS = 90;
/** How many of one requester may wait at once. */
const MOST_PENDING = 100;

/** What somebody decides about a change. */
export interface ChangeDecision {
  readonly state: 'approved' | 'rejected' | 'withdrawn';
  readonly by: Party;
  readonly reason?: string | undefined;
}

/** Changes that wait for a second person: asked for, found, decided once. */
@Injectable()
export class ChangeRequests {
  constructor(
    private readonly requests: ChangeRequestsRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Keeps what somebody wants; undefined when as much of theirs waits already as may. */
  async ask(change: WantedChange, by: Party, requestId: string): Promise<ChangeRequest | undefined> {
    const createdAt = this.clock.now();
    if ((await this.requests.countPending(by, createdAt)) >= MOST_PENDING) return undefined;
    const row = rowOf(change, {
      id: this.random.id(),
      ...{ requesterKind: by.kind, requesterId: by.id, requestId, createdAt },
      decidableUntil: after(createdAt, DECIDABLE_DAYS),
      expiresAt: after(createdAt, KEPT_DAYS),
    });
    await this.requests.add(row);
    await this.events.publish('change.requested', factsOf(this.requestFrom(row)));
    return this.requestFrom(row);
  }

  /** One page of what fits the filter, the newest first. */
  async list(filter: ChangeFilter, request: PageRequest): Promise<Page<ChangeRequest>> {
    const page = await this.requests.list(filter, this.clock.now(), request);
    return { ...page, items: page.items.map((row) => this.requestFrom(row)) };
  }

  async find(id: string): Promise<ChangeRequest | undefined> {
    const row = await this.requests.find(id);
    return row && this.requestFrom(row);
  }

  /** Decides a change; false when somebody has, or when it is too late. Of several at once, one decides. */
  async decide(change: ChangeRequest, { state, by, reason }: ChangeDecision): Promise<boolean> {
    const decidedAt = this.clock.now();
    const decision = { state, deciderKind: by.kind, deciderId: by.id, decidedAt, reason: reason ?? null };
    if (!(await this.requests.decide(change.id, decidedAt, decision))) return false;
    await this.events.publish(`change.${state}`, { ...factsOf(change), decidedBy: by });
    return true;
  }

  /** Says which client came of a change that was approved. */
  noteClient({ id }: ChangeRequest, clientId: string): Promise<void> {
    return this.requests.noteClient(id, clientId);
  }

  private requestFrom(row: ChangeRequestRow): ChangeRequest {
    const { id, requestId, decidableUntil, createdAt } = row;
    const expired = row.state === 'pending' && row.decidableUntil <= this.clock.now();
    return {
      ...wantedFrom(row),
      ...{ id, requestId, decidableUntil, createdAt },
      state: expired ? 'expired' : row.state,
      requestedBy: partyOf(row.requesterKind, row.requesterId),
      decidedBy: row.deciderId === null ? undefined : partyOf(row.deciderKind, row.deciderId),
      decidedAt: row.decidedAt ?? undefined,
      reason: row.reason ?? undefined,
    };
  }
}

function wantedFrom({
  kind,
  clientId,
  ownerId,
  version,
  body,
  changes,
  shortened,
  baseTag,
}: ChangeRequestRow): WantedChange {
  return {
    kind,
    clientId: clientId ?? undefined,
    ownerId: ownerId ?? undefined,
    version: version ?? undefined,
    body: body ?? undefined,
    changes: changes as readonly RecordedChange[],
    shortened: shortened ? true : undefined,
    baseTag: baseTag ?? undefined,
  };
}

type Circumstances = Pick<
  ChangeRequestRow,
  'id' | 'requesterKind' | 'requesterId' | 'requestId' | 'createdAt' | 'decidableUntil' | 'expiresAt'
>;

function rowOf(change: WantedChange, circumstances: Circumstances): ChangeRequestRow {
  const { kind, clientId, ownerId, version, body, changes, shortened, baseTag } = change;
  return {
    ...circumstances,
    ...{ kind, changes, state: 'pending', shortened: shortened ?? false },
    clientId: clientId ?? null,
    ownerId: ownerId ?? null,
    version: version ?? null,
    body: body ?? null,
    baseTag: baseTag ?? null,
    ...{ deciderKind: null, deciderId: null, reason: null, decidedAt: null },
  };
}

function partyOf(kind: string | null, id: string): Party {
  return { kind: kind === 'user' ? 'user' : 'client', id };
}

function factsOf({ id, kind, clientId, requestedBy }: ChangeRequest) {
  return { changeRequestId: id, kind, requestedBy, ...(clientId !== undefined && { clientId }) };
}

function after(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}
