import { Injectable } from '@nestjs/common';
import { JwtSigner } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions } from '#platform/database/index.js';
import { CHAIN_BEGINS, contentHashOf, linkHash, type ChainedRow } from './audit-chain.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import type { AuditSegmentRow } from './audit-segment.entity.js';
import { boundTo, CHECKPOINT_TYPE, checkpointClaims, endOfDay, nextSegmentId } from './audit-segment.js';
import { AuditSegmentsRepository } from './audit-segments.repository.js';

const BATCH = 200;

/** Somebody else sealed at the same moment. */
class Overtaken extends Error {}

/** Gives the rows of the record their places in the chain, in batches, and signs where it has got to. */
@Injectable()
export class AuditSealer {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly segments: AuditSegmentsRepository,
    private readonly signer: JwtSigner,
    private readonly transactions: Transactions,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** Seals everything that is committed by now, unless somebody else is doing so. */
  async seal(signal?: AbortSignal): Promise<void> {
    try {
      while (signal?.aborted !== true && (await this.transactions.run(() => this.sealBatch())));
    } catch (error) {
      if (!(error instanceof Overtaken) && !isUniqueViolation(error)) throw error;
    }
  }

  /** Signs the newest checkpoint with the key of now, so that it can be checked however long nothing happens. */
  async refresh(): Promise<void> {
    const newest = await this.segments.newest();
    if (newest !== undefined) await this.segments.extend(newest, await this.signed(newest));
  }

  /** Whether there may be more. */
  private async sealBatch(): Promise<boolean> {
    const rows = await this.events.unsealed(BATCH);
    if (rows.length === 0) return false;
    for (const run of runsOf(rows)) await this.sealRun(run, await this.segments.newest());
    return rows.length === BATCH;
  }

  /** Seals rows that go on the same day. */
  private async sealRun({ dueAt, rows }: Run, newest: AuditSegmentRow | undefined): Promise<void> {
    const open = newest?.dueAt.getTime() === dueAt.getTime() && newest.droppedAt === null ? newest : undefined;
    const segment = open ?? after(newest, dueAt);
    let { lastSequence, lastHash } = segment;
    for (const row of rows) {
      lastSequence += 1;
      const contentHash = contentHashOf(row);
      lastHash = linkHash(lastHash, lastSequence, contentHash);
      const sealed = await this.events.seal(row.id, { sequence: lastSequence, contentHash, chainHash: lastHash });
      if (!sealed) throw new Overtaken();
    }
    const signed = await this.signed({ ...segment, lastSequence, lastHash });
    if (open === undefined) await this.segments.add(signed);
    else if (!(await this.segments.extend(open, signed))) throw new Overtaken();
  }

  private async signed(segment: AuditSegmentRow): Promise<AuditSegmentRow> {
    const claims = { iss: this.issuer.issuer, iat: this.clock.epochSeconds(), ...checkpointClaims(segment) };
    return { ...segment, checkpoint: await this.signer.sign(claims, { algorithm: 'ES256', typ: CHECKPOINT_TYPE }) };
  }
}

interface Run {
  readonly dueAt: Date;
  readonly rows: readonly ChainedRow[];
}

/** Rows one after another that go on the same day, the oldest first. */
function runsOf(rows: readonly ChainedRow[]): Run[] {
  const runs: { readonly dueAt: Date; readonly rows: ChainedRow[] }[] = [];
  for (const row of [...rows].sort(byTime)) {
    const dueAt = endOfDay(row.expiresAt);
    const last = runs.at(-1);
    if (last?.dueAt.getTime() === dueAt.getTime()) last.rows.push(row);
    else runs.push({ dueAt, rows: [row] });
  }
  return runs;
}

function byTime(a: ChainedRow, b: ChainedRow): number {
  return a.expiresAt - b.expiresAt || (a.id < b.id ? -1 : 1);
}

/** A segment without rows yet. */
function after(previous: AuditSegmentRow | undefined, dueAt: Date): AuditSegmentRow {
  const lastSequence = previous?.lastSequence ?? 0;
  const previousHash = previous === undefined ? CHAIN_BEGINS : boundTo(previous);
  return {
    id: nextSegmentId(previous?.id),
    firstSequence: lastSequence + 1,
    lastSequence,
    previousHash,
    lastHash: previousHash,
    dueAt,
    checkpoint: '',
    droppedAt: null,
  };
}
