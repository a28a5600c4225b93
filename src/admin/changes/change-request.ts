import type { RecordedChange } from '#platform/events/index.js';
import type { Actor } from '#platform/http/index.js';

/** What can wait for an approval. */
export const CHANGE_KINDS = ['client.register', 'client.change', 'client.restore', 'settings.change'] as const;

/** One of them. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What may have become of it; one that nobody decided in time has expired. */
export const CHANGE_STATES = ['pending', 'approved', 'rejected', 'withdrawn', 'expired'] as const;

/** One of them. */
export type ChangeState = (typeof CHANGE_STATES)[number];

/** How many characters a rejection may give as its reason. */
export const LONGEST_REASON = 500;

/** Who asked or decided: a person, or a program by itself. */
export type Party = Actor & { readonly id: string };

/** What somebody wants to be changed, as it was asked for and judged. */
export interface WantedChange {
  readonly kind: ChangeKind;
  /** The client that it is about; a new one has no id before it is approved, unless somebody chose it. */
  readonly clientId?: string | undefined;
  /** Who looks after that client. */
  readonly ownerId?: string | undefined;
  /** The number of the version to be brought back. */
  readonly version?: number | undefined;
  /** What was sent. */
  readonly body?: object | undefined;
  /** What it would change, as a dry run shows it. */
  readonly changes: readonly RecordedChange[];
  readonly shortened?: true | undefined;
  /** The digest of what it was judged against; nothing for what is to be made. */
  readonly baseTag?: string | undefined;
}

/** A change that waits for somebody else, or what became of it. */
export interface ChangeRequest extends WantedChange {
  readonly id: string;
  readonly state: ChangeState;
  readonly requestedBy: Party;
  readonly requestId: string;
  readonly decidedBy: Party | undefined;
  readonly decidedAt: Date | undefined;
  readonly reason: string | undefined;
  readonly decidableUntil: Date;
  readonly createdAt: Date;
}
