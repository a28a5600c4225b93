/** Where work on many records stands. */
export const BULK_STATES = ['pending', 'done', 'failed'] as const;

/** One of them. */
export type BulkState = (typeof BULK_STATES)[number];

/** One record that could not be worked on, and why. */
export interface BulkError {
  readonly item: string;
  readonly detail: string;
}

/** What one step came to. */
export interface BulkStep {
  /** How many records it worked on. */
  readonly done: number;
  /** Where the next step begins; nothing when there is none. */
  readonly position: string | undefined;
  readonly errors?: readonly BulkError[];
}

/** How one kind of work is done: step by step, each in a transaction together with how far it got. */
export interface BulkWork {
  step(parameters: object, position: string | undefined): Promise<BulkStep>;
}
