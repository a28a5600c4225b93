import { sha256 } from '#platform/crypto/index.js';

/** A row of the record as the chain sees it. */
export interface ChainedRow {
  readonly id: string;
  /** Everything that it says, as it is stored, in one order. */
  readonly content: readonly (string | number | null)[];
  /** When it has run out, in milliseconds. */
  readonly expiresAt: number;
  readonly sequence: number | undefined;
  readonly contentHash: string;
  readonly chainHash: string;
}

/** What the very first link is bound to. */
export const CHAIN_BEGINS = sha256('gatehouse audit chain 1');

/** The digest of what a row says. */
export function contentHashOf({ content }: Pick<ChainedRow, 'content'>): string {
  return sha256(JSON.stringify(content));
}

/** The digest that binds a row to its place and to everything before it. */
export function linkHash(previous: string, sequence: number, contentHash: string): string {
  return sha256(`${previous}\n${sequence}\n${contentHash}`);
}
