import { linkHash } from './audit-chain.js';
import type { AuditFinding } from './audit-finding.js';

/** A row whose link does not fit the row that stands before it. */
export interface BrokenLink {
  readonly id: string;
  readonly sequence: number;
  readonly contentHash: string;
  readonly chainHash: string;
  /** The digest of the row that stands before it. */
  readonly previous: string;
}

/** Each broken link is held against each other: of more than this the places are not looked for. */
const MOST_COMPARED = 300;

/**
 * Tells the rows that were moved from their neighbours, whose links are broken only because of them: a row is in its
 * place when it was sealed for it, after whichever of the others.
 */
export function misplaced(broken: readonly BrokenLink[]): AuditFinding[] {
  if (broken.length > MOST_COMPARED) return broken.map(({ id, sequence }) => ({ kind: 'misplaced', sequence, id }));
  const links = [...new Set(broken.flatMap(({ chainHash, previous }) => [chainHash, previous]))];
  const places = broken.map(({ sequence }) => sequence);
  const sealedFor = (row: BrokenLink, place: number): boolean =>
    links.some((link) => linkHash(link, place, row.contentHash) === row.chainHash);
  return broken
    .filter((row) => !sealedFor(row, row.sequence))
    .map((row): AuditFinding => {
      const belongs = places.find((place) => sealedFor(row, place));
      return { kind: 'misplaced', sequence: row.sequence, id: row.id, ...(belongs !== undefined && { belongs }) };
    });
}
