import { Injectable } from '@nestjs/common';
import { Clock, HolderBox, SecretUnreadable } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions, type TransactionChoices } from '#platform/database/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import type { KeyUse } from './idempotency-key.js';
import type { IdempotentRequestRow } from './idempotent-request.entity.js';
import { IdempotentRequestsRepository } from './idempotent-requests.repository.js';

/** An answer as it is given again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const KEPT_MS = 24 * 3600 * 1000;
const LONGEST_ANSWER = 65_535;

/** Somebody else has begun, and perhaps finished, the same request. */
class Begun extends Error {}

/**
 * Does what is asked with an Idempotency-Key once and answers it again for a day. The row, the work and the answer are
 * one transaction: a crash leaves all or nothing, and a refusal leaves nothing.
 */
@Injectable()
export class KeptAnswers {
  constructor(
    private readonly requests: IdempotentRequestsRepository,
    private readonly box: HolderBox,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The kept answer, or the answer that the work gives now. */
  async once(use: KeyUse, work: () => Promise<KeptAnswer>, choices: TransactionChoices): Promise<KeptAnswer> {
    const kept = await this.find(use);
    if (kept !== undefined) return kept;
    try {
      return await this.transactions.run(() => this.perform(use, work), choices);
    } catch (error) {
      const other = error instanceof Begun ? await this.find(use) : undefined;
      if (other !== undefined) return other;
      throw error instanceof Begun ? beingAnswered() : error;
    }
  }

  private async find(use: KeyUse): Promise<KeptAnswer | undefined> {
    const row = await this.requests.find(use.id, this.clock.now());
    if (row === undefined) return undefined;
    if (row.fingerprint !== use.fingerprint) throw usedOtherwise();
    return this.opened(row, use);
  }

  private async perform(use: KeyUse, work: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    const { id, fingerprint } = use;
    const now = this.clock.now();
    const row = { id, fingerprint, answer: '', expiresAt: new Date(now.getTime() + KEPT_MS) };
    await this.begin(row, now);
    const answer = await work();
    const sealed = this.box.seal(JSON.stringify(answer), use.key, contextOf(id));
    if (sealed.length > LONGEST_ANSWER) throw tooLong();
    await this.requests.keep(id, sealed);
    return answer;
  }

  private async begin(row: IdempotentRequestRow, now: Date): Promise<void> {
    try {
      await this.requests.begin(row, now);
    } catch (error) {
      throw isUniqueViolation(error) ? new Begun() : error;
    }
  }

  private opened({ id, answer }: IdempotentRequestRow, { key }: KeyUse): KeptAnswer {
    try {
      return JSON.parse(this.box.open(answer, key, contextOf(id))) as KeptAnswer;
    } catch (error) {
      if (error instanceof SecretUnreadable) throw unreadable();
      throw error;
    }
  }
}

function contextOf(id: string): string {
  return `idempotent_request ${id}`;
}

function usedOtherwise(): ProblemDetails {
  return new ProblemDetails({ status: 409, detail: 'This Idempotency-Key was used for another request.' });
}

function beingAnswered(): ProblemDetails {
  const detail = 'The same request is being answered; try again.';
  return new ProblemDetails({ status: 409, detail, headers: { 'retry-after': '1' } });
}

function unreadable(): ProblemDetails {
  const detail = 'This was done, but its answer was sealed with a key that SECRET_KEYS no longer lists.';
  return new ProblemDetails({ status: 409, detail });
}

function tooLong(): ProblemDetails {
  const detail = 'The answer would be too long to be kept; send the request without Idempotency-Key.';
  return new ProblemDetails({ status: 413, detail });
}
