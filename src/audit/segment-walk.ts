import { contentHashOf, linkHash, type ChainedRow } from './audit-chain.js';
import type { AuditFinding } from './audit-finding.js';
import { misplaced, type BrokenLink } from './audit-order.js';
import type { AuditSegmentRow } from './audit-segment.entity.js';

/** Goes from row to row of one segment in their order, and notes what is not as it was sealed. */
export class SegmentWalk {
  rows = 0;
  readonly #findings: AuditFinding[] = [];
  readonly #broken: BrokenLink[] = [];
  #previous: string;
  #place: number;

  constructor(private readonly segment: AuditSegmentRow) {
    this.#previous = segment.previousHash;
    this.#place = segment.firstSequence - 1;
  }

  meet(row: ChainedRow): void {
    const { id, sequence = 0, contentHash, chainHash } = row;
    const next = this.#place + 1;
    if (sequence > next) {
      this.#findings.push({ kind: 'deleted', from: next, to: sequence - 1 });
    } else if (linkHash(this.#previous, sequence, contentHash) !== chainHash) {
      this.#broken.push({ id, sequence, contentHash, chainHash, previous: this.#previous });
    }
    if (contentHashOf(row) !== contentHash) this.#findings.push({ kind: 'edited', sequence, id });
    [this.#previous, this.#place] = [chainHash, sequence];
    this.rows += 1;
  }

  /** What was found, once the last row was met. */
  end(): AuditFinding[] {
    const { id, lastSequence, lastHash } = this.segment;
    const short = this.#place < lastSequence;
    const end: AuditFinding[] = short
      ? [{ kind: 'deleted', from: this.#place + 1, to: lastSequence }]
      : this.#previous === lastHash
        ? []
        : [{ kind: 'checkpoint', segment: id, because: 'hash' }];
    return [...this.#findings, ...end, ...misplaced(this.#broken)];
  }
}
