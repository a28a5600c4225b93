import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { Gatherings, untilWritten, type Gathering } from '#platform/jobs/index.js';
import { ConsentsRepository } from '../consents.repository.js';
import { ConsentUsesRepository } from './consent-uses.repository.js';
import { usesAfter } from './uses.js';

/** What of one consent was used, and when last. */
interface ConsentUse {
  readonly userId: string;
  readonly clientId: string;
  readonly names: ReadonlyMap<string, Date>;
}

/** Notes when approvals were used: a moment later, and at most once an hour for each; a decision never waits for it. */
@Injectable()
export class ConsentUses {
  readonly #gathering: Gathering<ConsentUse>;

  constructor(
    private readonly consents: ConsentsRepository,
    private readonly uses: ConsentUsesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    gatherings: Gatherings,
  ) {
    this.#gathering = gatherings.open<ConsentUse>({
      name: 'uses of approvals',
      merge: (earlier, later) => ({ ...later, names: new Map([...earlier.names, ...later.names]) }),
      write: (uses) =>
        this.transactions.run(async () => {
          for (const use of uses) await untilWritten(() => this.#write(use));
        }),
    });
  }

  /** Notes that a client now used what a user allowed it, under the names by which approvals are remembered. */
  note(userId: string, clientId: string, names: readonly string[]): void {
    const now = this.clock.now();
    this.#gathering.note(`${userId} ${clientId}`, {
      userId,
      clientId,
      names: new Map(names.map((name) => [name, now])),
    });
  }

  /** False when another process wrote at the same moment, to which this is to be added; a consent that is gone stays gone. */
  async #write({ userId, clientId, names }: ConsentUse): Promise<boolean> {
    const consent = await this.consents.findFor(userId, clientId);
    if (consent === undefined) return true;
    const approved = consent.scopes.map(({ scope, approvedAt }) => ({ scope, approvedAt: new Date(approvedAt) }));
    const known = await this.uses.find(consent.id);
    const scopes = usesAfter(approved, known?.scopes ?? {}, names);
    if (scopes === undefined) return true;
    return known === undefined ? this.uses.add(consent.id, scopes) : this.uses.replace(known, scopes);
  }
}
