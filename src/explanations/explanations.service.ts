import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '#platform/crypto/index.js';
import { clientAddress, requestId } from '#platform/http/index.js';
import { Purges, soon } from '#platform/jobs/index.js';
import { clauseOf } from './clauses.js';
import type { Decision } from './decision.js';
import { ExplanationEntity, type ExplanationRow } from './explanation.entity.js';
import { ExplanationsRepository } from './explanations.repository.js';
import { RefusalLimits } from './refusal-limits.js';

const KEPT_MS = 7 * 86_400_000;
const FLUSH_MS = 1000;
const PURGE_SECONDS = 3600;

/** A request that was refused: the error that was told, and what the rule saw that decided. */
export interface Refusal {
  readonly error: string;
  readonly decision?: Decision | undefined;
}

/** Keeps why requests were refused, written a moment later, so that refusing costs no statement. */
@Injectable()
export class Explanations implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('explanations');
  readonly #limits = new RefusalLimits();
  #waiting: ExplanationRow[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rows: ExplanationsRepository,
    private readonly purges: Purges,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.purges.register('purge-explanations', { everySeconds: PURGE_SECONDS, entities: [ExplanationEntity] });
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  /** Notes why a request was refused, under its support code; a client whose rule did not name it may be known otherwise. */
  note(request: FastifyRequest, { error, decision }: Refusal, client?: { readonly clientId: string }): void {
    const now = this.clock.now();
    if (!this.#limits.fits(clientAddress(request), now.getTime())) return;
    const seen = decision ?? { rule: null, clause: clauseOf(error), facts: {} };
    this.#waiting.push({
      supportCode: requestId(request),
      error,
      rule: seen.rule,
      clause: seen.clause,
      clientId: decision?.clientId ?? client?.clientId ?? null,
      facts: seen.facts,
      createdAt: now,
      expiresAt: new Date(now.getTime() + KEPT_MS),
    });
    this.#timer ??= soon(FLUSH_MS, () => void this.flush());
  }

  /** What is known of a refusal, for seven days. */
  async find(supportCode: string): Promise<ExplanationRow | undefined> {
    await this.flush();
    const row = await this.rows.find(supportCode);
    return row !== null && row.expiresAt > this.clock.now() ? row : undefined;
  }

  /** Writes what waits; what cannot be written is lost, and refusals go on. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      for (const row of waiting) await this.rows.add(row);
    } catch (error) {
      this.#logger.warn(`explanations were not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
