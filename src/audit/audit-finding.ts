import type { SignatureDoubt } from '#keys/index.js';

/** Something that is not as it was sealed. */
export type AuditFinding =
  /** It says something else than when it was sealed. */
  | { readonly kind: 'edited'; readonly sequence: number; readonly id: string }
  /** Rows of these places are missing. */
  | { readonly kind: 'deleted'; readonly from: number; readonly to: number }
  /** It stands in another place than it was sealed for, where that is known. */
  | { readonly kind: 'misplaced'; readonly sequence: number; readonly id: string; readonly belongs?: number }
  /** A checkpoint does not fit its rows, its neighbour or its signature, or its rows went before their time. */
  | {
      readonly kind: 'checkpoint';
      readonly segment: string;
      readonly because: 'hash' | 'order' | 'signature' | 'dropped';
    }
  /** The newest checkpoint says that it was signed elsewhere than what is set here: with these settings nothing can be said of it. */
  | { readonly kind: 'elsewhere'; readonly segment: string; readonly doubt: Elsewhere };

/** For which issuer, or with which key, where that is another than those of this database. */
export type Elsewhere = Exclude<SignatureDoubt, { readonly because: 'changed' }>;

/** What came of reading the whole record. */
export interface AuditVerification {
  readonly intact: boolean;
  /** How many rows were read. */
  readonly rows: number;
  readonly segments: number;
  /** How many segments have gone by their time, and left their checkpoints. */
  readonly dropped: number;
  /** How many rows are too new to be sealed. */
  readonly unsealed: number;
  readonly findings: readonly AuditFinding[];
}
