import { Injectable } from '@nestjs/common';
import { LastingSignatures, OwnTokenVerifier } from '#keys/index.js';
import { CHAIN_BEGINS } from './audit-chain.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import type { AuditFinding, AuditVerification } from './audit-finding.js';
import type { AuditSegmentRow } from './audit-segment.entity.js';
import { boundTo, CHECKPOINT_TYPE, checkpointClaims, nextSegmentId } from './audit-segment.js';
import { AuditSegmentsRepository } from './audit-segments.repository.js';
import { SegmentWalk } from './segment-walk.js';

const ROWS_AT_ONCE = 2000;
const SEGMENTS_AT_ONCE = 100;
/** A record that was rewritten at length is not told row by row. */
const MOST_FINDINGS = 1000;

/** Reads the whole record in its order and says whether anything was edited, deleted or moved since it was sealed. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly segments: AuditSegmentsRepository,
    private readonly verifier: OwnTokenVerifier,
    private readonly signatures: LastingSignatures,
  ) {}

  async verify(): Promise<AuditVerification> {
    const findings: AuditFinding[] = [];
    const counts = { rows: 0, segments: 0, dropped: 0 };
    let before: AuditSegmentRow | undefined;
    for await (const segment of this.everySegment()) {
      counts.segments += 1;
      findings.push(...segmentFindings(segment, before));
      if (segment.droppedAt === null) counts.rows += await this.verifyRows(segment, findings);
      else counts.dropped += 1;
      before = segment;
    }
    // Every earlier segment is bound into the newest, whose signature stands for all.
    if (before !== undefined) findings.push(...(await this.signatureFindings(before)));
    findings.push(...(await this.beyond(before)));
    const unsealed = await this.events.unsealedCount();
    return { ...counts, unsealed, intact: findings.length === 0, findings: findings.slice(0, MOST_FINDINGS) };
  }

  private async *everySegment(): AsyncIterable<AuditSegmentRow> {
    for (let last = ''; ;) {
      const segments = await this.segments.after(last, SEGMENTS_AT_ONCE);
      yield* segments;
      const end = segments.at(-1);
      if (end === undefined) return;
      last = end.id;
    }
  }

  /** The rows of a segment, each held against its own digests and its neighbour. */
  private async verifyRows(segment: AuditSegmentRow, findings: AuditFinding[]): Promise<number> {
    const walk = new SegmentWalk(segment);
    for (let last = segment.firstSequence - 1; ;) {
      const rows = await this.events.sealed(last, segment.lastSequence, ROWS_AT_ONCE);
      for (const row of rows) walk.meet(row);
      const end = rows.at(-1)?.sequence;
      if (end === undefined) break;
      last = end;
    }
    findings.push(...walk.end());
    return walk.rows;
  }

  private async signatureFindings(newest: AuditSegmentRow): Promise<AuditFinding[]> {
    const rules = { typ: [CHECKPOINT_TYPE], allowExpired: true } as const;
    const claims = await this.verifier.verify(newest.checkpoint, rules);
    const says = Object.entries(checkpointClaims(newest));
    const holds = claims !== undefined && says.every(([name, value]) => claims[name] === value);
    if (holds) return [];
    const doubt = await this.signatures.doubt(newest.checkpoint);
    if (doubt.because !== 'changed') return [{ kind: 'elsewhere', segment: newest.id, doubt }];
    return [{ kind: 'checkpoint', segment: newest.id, because: 'signature' }];
  }

  /** Sealed rows after the last checkpoint were not sealed by the service. */
  private async beyond(newest: AuditSegmentRow | undefined): Promise<AuditFinding[]> {
    const rows = await this.events.sealed(newest?.lastSequence ?? 0, Number.MAX_SAFE_INTEGER, MOST_FINDINGS);
    return rows.map(({ id, sequence = 0 }) => ({ kind: 'misplaced', sequence, id }));
  }
}

/** Whether a segment follows the one before it, and rests on all of it. */
function segmentFindings(segment: AuditSegmentRow, before: AuditSegmentRow | undefined): AuditFinding[] {
  const { id, droppedAt, dueAt } = segment;
  const follows =
    id === nextSegmentId(before?.id) &&
    segment.firstSequence === (before?.lastSequence ?? 0) + 1 &&
    segment.previousHash === (before === undefined ? CHAIN_BEGINS : boundTo(before));
  return [
    ...(follows ? [] : [{ kind: 'checkpoint', segment: id, because: 'order' } as const]),
    ...(droppedAt !== null && droppedAt < dueAt
      ? [{ kind: 'checkpoint', segment: id, because: 'dropped' } as const]
      : []),
  ];
}
