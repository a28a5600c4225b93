import { sha256 } from '#platform/crypto/index.js';
import type { AuditSegmentRow } from './audit-segment.entity.js';

const DAY_MS = 86_400_000;

/** The kind of token that a checkpoint is (RFC 8725 §3.11). */
export const CHECKPOINT_TYPE = 'gatehouse-audit-checkpoint+jwt';

/** When a row runs out: with the day (UTC) in which it has been kept for as long as it is wanted. */
export function expiryOf(createdAt: Date, days: number): Date {
  return endOfDay(createdAt.getTime() + days * DAY_MS);
}

/** The end of the day of an instant; the day itself ends with its last instant. */
export function endOfDay(milliseconds: number): Date {
  return new Date(Math.ceil(milliseconds / DAY_MS) * DAY_MS);
}

/** The last end of a day that is over. */
export function lastEndOfDay(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

/** What binds the first row of a segment to all of the segment before, so that its checkpoint outlives its rows. */
export function boundTo({ id, firstSequence, lastSequence, lastHash, dueAt }: AuditSegmentRow): string {
  return sha256(JSON.stringify([id, firstSequence, lastSequence, lastHash, dueAt.getTime()]));
}

/** What a checkpoint says of its segment. */
export function checkpointClaims(segment: AuditSegmentRow): Readonly<Record<string, string | number>> {
  return {
    segment: segment.id,
    first: segment.firstSequence,
    last: segment.lastSequence,
    previous: segment.previousHash,
    hash: segment.lastHash,
    due: segment.dueAt.getTime(),
  };
}

/** The name of the segment after another; names sort as they follow. */
export function nextSegmentId(previous: string | undefined): string {
  return String(Number(previous ?? 0) + 1).padStart(SEGMENT_ID_LENGTH, '0');
}

/** The length of the name of a segment. */
export const SEGMENT_ID_LENGTH = 12;
