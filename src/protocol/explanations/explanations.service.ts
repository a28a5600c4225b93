import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Purges, soon } from '#platform/jobs/index.js';
import type { OAuthError } from '../errors/oauth-error.js';
import { clauseOf } from './clauses.js';
import { ExplanationEntity, type ExplanationRow } from './explanation.entity.js';
import { ExplanationsRepository } from './explanations.repository.js';

const KEPT_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;
const FLUSH_MS = 1000;
/** Whoever makes mistakes by the thousand needs no explanation of each. */
const MOST_IN_AN_HOUR = 2000;
const PURGE_SECONDS = 3600;

/** Keeps why requests were refused, written a moment later, so that refusing costs no statement. */
@Injectable()
export class Explanations implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('protocol');
  #waiting: ExplanationRow[] = [];
  #hour = { begins: 0, count: 0 };
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

  /** Notes why a request was refused. */
  note(supportCode: string, { error, decision }: OAuthError): void {
    const now = this.clock.now();
    if (!this.#fits(now.getTime())) return;
    const seen = { rule: null, clause: clauseOf(error), clientId: null, facts: {}, ...decision };
    const { rule, clause, clientId, facts } = seen;
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    this.#waiting.push({
      supportCode,
      error,
      rule,
      clause,
      clientId: clientId ?? null,
      facts,
      createdAt: now,
      expiresAt,
    });
    this.#timer ??= soon(FLUSH_MS, () => void this.flush());
  }

  /** What is known of a refusal, for seven days. */
  async find(supportCode: string): Promise<ExplanationRow | undefined> {
    await this.flush();
    return (await this.rows.find(supportCode)) ?? undefined;
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

  #fits(now: number): boolean {
    if (now - this.#hour.begins >= HOUR_MS) this.#hour = { begins: now, count: 0 };
    this.#hour.count += 1;
    return this.#hour.count <= MOST_IN_AN_HOUR;
  }
}
