import { Injectable } from '@nestjs/common';
import { RetentionSettings } from '#platform/config/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import { Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { Gatherings, untilWritten, type Gathering } from '#platform/jobs/index.js';
import type { ClaimDisclosureRow } from './claim-disclosure.entity.js';
import { ClaimDisclosuresRepository, type DisclosureFilter } from './claim-disclosures.repository.js';
import { disclosedAfter, type DisclosurePlace } from './disclosed-claims.js';

const DAY_MS = 86_400_000;

/** One claim that was released, and when. */
export interface DisclosedClaim {
  readonly claim: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How often; more than once in an hour counts as once. */
  readonly times: number;
}

/** Which claims about a user went to a client by one way. */
export interface ClaimDisclosure extends Pick<
  ClaimDisclosureRow,
  'id' | 'userId' | 'clientId' | 'place' | 'createdAt' | 'expiresAt'
> {
  /** By name. */
  readonly claims: readonly DisclosedClaim[];
}

interface Released {
  readonly userId: string;
  readonly clientId: string;
  readonly place: DisclosurePlace;
  readonly names: ReadonlyMap<string, Date>;
}

/** The ledger of what was said of users to whom: gathered in memory, written a moment later, at most once an hour for each claim. */
@Injectable()
export class ClaimDisclosures {
  readonly #gathering: Gathering<Released>;

  constructor(
    private readonly disclosures: ClaimDisclosuresRepository,
    private readonly transactions: Transactions,
    private readonly retention: RetentionSettings,
    private readonly clock: Clock,
    private readonly random: Random,
    gatherings: Gatherings,
  ) {
    this.#gathering = gatherings.open<Released>({
      name: 'disclosures of claims',
      merge: (earlier, later) => ({ ...later, names: new Map([...earlier.names, ...later.names]) }),
      write: (released) =>
        this.transactions.run(async () => {
          for (const one of released) await untilWritten(() => this.#write(one));
        }),
    });
  }

  /** Notes that claims about a user were released to a client now. */
  note(whose: Omit<Released, 'names'>, claims: readonly string[]): void {
    const { userId, clientId, place } = whose;
    const now = this.clock.now();
    const names = new Map(claims.map((claim) => [claim, now]));
    this.#gathering.note(`${userId} ${clientId} ${place}`, { userId, clientId, place, names });
  }

  async find(id: string): Promise<ClaimDisclosure | undefined> {
    const row = await this.disclosures.find(id);
    return row && disclosureFrom(row);
  }

  /** Those about a user, the newest ways first. */
  async ofUser(userId: string, most: number): Promise<ClaimDisclosure[]> {
    return (await this.disclosures.findByUser(userId, most)).map(disclosureFrom);
  }

  /** One page of those that fit the filter, oldest first. */
  async list(filter: DisclosureFilter, request: PageRequest): Promise<Page<ClaimDisclosure>> {
    const page = await this.disclosures.list(filter, request);
    return { ...page, items: page.items.map(disclosureFrom) };
  }

  /** False when another process wrote at the same moment, to which this is to be added. */
  async #write({ names, ...whose }: Released): Promise<boolean> {
    const keptMs = this.retention.disclosureDays * DAY_MS;
    const now = this.clock.now();
    const row = await this.disclosures.findFor(whose);
    const claims = disclosedAfter(row?.claims ?? {}, names, new Date(now.getTime() - keptMs));
    if (claims === undefined) return true;
    const last = Math.max(...Object.values(claims).map(([, at]) => at));
    const written = { claims, expiresAt: new Date(last + keptMs) };
    if (row !== undefined) return this.disclosures.replace({ ...row, ...written });
    return this.disclosures.add({ id: this.random.id(), ...whose, ...written, version: 0, createdAt: now });
  }
}

function disclosureFrom({ version: _version, claims, ...row }: ClaimDisclosureRow): ClaimDisclosure {
  return {
    ...row,
    claims: Object.entries(claims)
      .map(([claim, [first, last, times]]) => ({ claim, firstAt: new Date(first), lastAt: new Date(last), times }))
      .sort((one, other) => (one.claim < other.claim ? -1 : 1)),
  };
}
