import { Injectable, Logger } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { isUnavailable, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import type { BulkJobRow } from './bulk-job.entity.js';
import type { BulkWork } from './bulk-job.js';
import { BulkJobsRepository } from './bulk-jobs.repository.js';

const KEPT_MS = 30 * 86_400_000;
const MOST_ERRORS = 100;

/** Work that is asked for: what kind, on what, on how much, and what is known of it at once. */
export interface WantedBulk {
  readonly kind: string;
  readonly parameters: object;
  readonly total: number;
  readonly result: object;
}

/** Work on many records: asked for by a request, done step by step, and gone on with by whichever process is there. */
@Injectable()
export class BulkJobs {
  readonly #logger = new Logger('jobs');
  readonly #works = new Map<string, BulkWork>();

  constructor(
    private readonly rows: BulkJobsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Says how a kind of work is done. */
  register(kind: string, work: BulkWork): void {
    this.#works.set(kind, work);
  }

  /** Notes work to be done, in the transaction in progress. */
  async add(wanted: WantedBulk): Promise<BulkJobRow> {
    const now = this.clock.now();
    const row: BulkJobRow = {
      ...wanted,
      id: this.random.id(),
      state: 'pending',
      position: null,
      done: 0,
      errors: [],
      createdAt: now,
      finishedAt: null,
      expiresAt: new Date(now.getTime() + KEPT_MS),
    };
    await this.rows.add(row);
    return row;
  }

  async find(id: string): Promise<BulkJobRow | undefined> {
    return (await this.rows.find(id)) ?? undefined;
  }

  list(state: string | undefined, request: PageRequest): Promise<Page<BulkJobRow>> {
    return this.rows.list(state, request);
  }

  /** Does everything that waits, one after another, until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    for (let row = await this.rows.next(); row !== undefined && !signal.aborted; row = await this.rows.next()) {
      await this.step(row);
    }
  }

  private async step(row: BulkJobRow): Promise<void> {
    const work = this.#works.get(row.kind);
    try {
      if (work === undefined) throw new Error(`no work of the kind "${row.kind}" is known`);
      await this.transactions.run(() => this.perform(row, work));
    } catch (error) {
      // The next run goes on where this one stopped.
      if (isUnavailable(error)) throw error;
      this.#logger.error(`the work "${row.kind}" failed`, error instanceof Error ? error.stack : String(error));
      await this.rows.advance(row, { state: 'failed', finishedAt: this.clock.now() });
    }
  }

  /** The step and the note of it are one, so that a process that dies in between leaves neither. */
  private async perform(row: BulkJobRow, work: BulkWork): Promise<void> {
    const { done, position, errors = [] } = await work.step(row.parameters, row.position ?? undefined);
    const finished = position === undefined;
    const noted = await this.rows.advance(row, {
      done: row.done + done,
      position: position ?? row.position,
      errors: [...row.errors, ...errors].slice(0, MOST_ERRORS),
      ...(finished && { state: 'done', finishedAt: this.clock.now() }),
    });
    if (!noted) throw new Error('another process did the same step');
  }
}
